/** How people sign in, on the wire: steps, levels, remembering (`core/sign_in_policy.ts`). */
import { FACTOR_KINDS, type FactorKind } from '@gatehouse/core/factor.ts'
import { findLevelProblems, findStepProblems, type PolicyProblem } from '@gatehouse/core/sign_in_policy.ts'
import { isTimeZone, WEEKDAYS } from '@gatehouse/core/time_window.ts'
import { z } from '@hono/zod-openapi'
import { countrySchema, networkSchema } from './risk.ts'
import { scriptingSchema, scriptSchema } from './script.ts'

const factor = z.enum(FACTOR_KINDS as [FactorKind, ...FactorKind[]])
const factors = z
  .array(factor)
  .min(1)
  .max(FACTOR_KINDS.length)
  .refine((kinds) => new Set(kinds).size === kinds.length, 'each factor once')
const networks = z.array(networkSchema).min(1).max(100)
const countries = z.array(countrySchema).min(1).max(260)
const time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'HH:MM')
const timeWindowSchema = z
  .strictObject({
    days: z.array(z.enum(WEEKDAYS)).min(1).max(7).optional().describe('Left out: every day'),
    from: time.optional(),
    to: time.optional().describe('Before `from`: on the next day'),
    timeZone: z.string().max(60).refine(isTimeZone, 'a time zone of the IANA, as Europe/Berlin'),
  })
  .refine(({ from, to }) => from === undefined || from !== to, 'a window that begins and ends at the same minute is none')

const conditionSchema = z
  .strictObject({
    roles: z
      .array(z.string().max(100))
      .min(1)
      .max(50)
      .describe('The person holds one of these; a role that does not exist holds for everybody'),
    networks: networks.describe('The request comes from one of these'),
    outside: networks.describe('The request comes from none of these'),
    browser: z.enum(['new', 'known']).describe('`new`: the person has not signed in from this browser before'),
    countries: countries.describe('The request comes from one of these; a place that nobody knows counts as one'),
    outsideCountries: countries.describe('The request comes from none of these; a place that nobody knows counts as such'),
    time: timeWindowSchema.describe('In this part of the week'),
    risk: z.enum(['medium', 'high']).describe('The risk is at least this; where the tenant does not look at risk, it holds'),
  })
  .partial()
  .refine((condition) => Object.keys(condition).length > 0, 'at least one condition; leave `when` out for a step that is always due')

const stepSchema = z.strictObject({
  anyOf: factors.describe('One of these proves the step'),
  when: conditionSchema.optional().describe('All that are named must hold; left out: always'),
  ifNotEnrolled: z.enum(['enrol', 'skip', 'refuse']).default('skip').describe('What happens to a person who has none of them'),
  rememberable: z.boolean().default(false).describe('A browser in which the person asked to be remembered passes'),
})

const steps = z
  .array(stepSchema)
  .min(1)
  .max(5)
  .superRefine((all, context) => report(context, findStepProblems({ steps: all })))

const levels = z
  .array(
    z.strictObject({
      acr: z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/, 'printable ASCII without spaces'),
      steps: z.array(factors).min(1).max(5).describe('Reached when each was proven by a factor of its own'),
    }),
  )
  .min(1)
  .max(10)
  .superRefine((all, context) => report(context, findLevelProblems(all)))
  .describe('Weakest first; published as acr_values_supported')

const identifierFirst = z
  .boolean()
  .describe(
    'The page asks for the name alone, and then shows what the first step allows; it does so in any case where that has no password',
  )

/** Of an application. */
export const signInStepsSchema = z.strictObject({ steps, identifierFirst: identifierFirst.optional() }).openapi('SignInSteps')

/** Of a tenant; what is left out is the house's default. */
export const signInPolicySchema = z
  .strictObject({
    steps,
    identifierFirst,
    levels,
    rememberBrowserSeconds: z
      .number()
      .int()
      .min(0)
      .max(90 * 86_400)
      .refine((seconds) => seconds === 0 || seconds >= 3_600, 'at least an hour (3600), or 0: it is not offered')
      .describe('0: it is not offered; else at least an hour. It holds for browsers that are remembered already, too'),
    script: scriptSchema,
    scripting: scriptingSchema.describe('What adaptive scripts may use'),
  })
  .partial()
  .openapi('SignInPolicy')

/** Paths begin with the name of the list that is checked here. */
function report(context: z.core.$RefinementCtx, problems: readonly PolicyProblem[]): void {
  for (const { path, message } of problems) context.addIssue({ code: 'custom', path: path.slice(1), message })
}
