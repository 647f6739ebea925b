/** `/api/v1/sign-in/dry-run`: which way a person would go through a sign-in, and why. */
import type { Application } from '@gatehouse/core/application.ts'
import { type CaptchaPolicy, captchaOn, isCaptchaDue } from '@gatehouse/core/captcha.ts'
import { IamError } from '@gatehouse/core/error.ts'
import { FACTOR_KINDS, type FactorKind } from '@gatehouse/core/factor.ts'
import { parsePlace, shownPlaceOf } from '@gatehouse/core/place.ts'
import { type Risk, SIGNAL_KINDS } from '@gatehouse/core/risk/assess.ts'
import type { RiskLevel, RiskPolicy } from '@gatehouse/core/risk/risk_policy.ts'
import { defaultSignInOf, signInPolicyOf } from '@gatehouse/core/tenant.ts'
import { dryRunSignIn } from '@gatehouse/identity/sign_in_dry_run.ts'
import { z } from '@hono/zod-openapi'
import type { HouseContext } from '../../house.ts'
import { type AdminApp, body, describe, json } from '../route.ts'
import { countrySchema, riskPolicySchema, signalSchema, toRiskPolicy } from '../schema/risk.ts'
import { scriptAnswerSchema, scriptFactsSchema } from '../schema/script_dry_run.ts'
import { signInPolicySchema } from '../schema/sign_in.ts'
import { tryScript } from '../try_script.ts'

const factor = z.enum(FACTOR_KINDS as [FactorKind, ...FactorKind[]])

const dryRunSchema = z
  .strictObject({
    userName: z.string().max(128),
    client_id: z.string().max(128).optional().describe('Left out: My Account'),
    ip: z.union([z.ipv4(), z.ipv6()]).optional(),
    browser: z.enum(['new', 'known', 'remembered']).default('new'),
    acr_values: z.array(z.string().max(200)).max(10).default([]),
    acr_essential: z.boolean().default(false),
    place: z
      .strictObject({
        country: countrySchema,
        city: z.string().max(100),
        latitude: z.number().min(-90).max(90),
        longitude: z.number().min(-180).max(180),
      })
      .partial()
      .required({ country: true })
      .optional()
      .describe('As if from there; left out: where the address is'),
    at: z.iso.datetime({ offset: true }).optional().describe('As if then; left out: now'),
    user_agent: z.string().max(300).optional().describe('As if with this browser; left out: the one that was used last'),
    failed_tries: z.number().int().min(0).max(100).default(0).describe('Somebody guessed so often before'),
    breached_password: z.boolean().default(false),
    risk: riskPolicySchema.optional().describe('Tried instead of the tenant’s, before it is applied'),
    script: scriptFactsSchema.optional().describe('What an adaptive script finds; with `text`, this one is tried'),
    policy: signInPolicySchema.optional().describe('Tried instead of the tenant’s, before it is applied'),
  })
  .openapi('SignInDryRun')

const riskSchema = z
  .object({
    level: z.enum(['low', 'medium', 'high']),
    score: z.number().int(),
    action: z.enum(['allow', 'step_up', 'approval', 'deny']),
    signals: z.array(
      z.object({
        signal: signalSchema,
        weight: z.number().int(),
        points: z.number().int().describe('What it added to the score'),
        seen: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
      }),
    ),
  })
  .openapi('RiskAssessment')

const answerSchema = z
  .object({
    asks: z
      .array(z.object({ ask: z.enum(['identify', 'prove', 'enrol']), choices: z.array(factor) }))
      .describe('What the person would meet, in this order; of several choices the first is taken for what follows'),
    outcome: z
      .enum(['signed_in', 'waits_for_approval', 'access_denied', 'unmet_authentication_requirements', 'no_way_in'])
      .describe('no_way_in: the person has nothing of what the first step asks for'),
    acr: z.string().optional().describe('What the tokens would say'),
    amr: z.array(z.string()),
    way: z
      .array(
        z.object({
          anyOf: z.array(factor),
          from: z.enum(['policy', 'acr', 'my_account', 'risk', 'enrolment']),
          outcome: z.enum(['proven', 'remembered', 'not_due', 'skipped', 'identify', 'prove', 'enrol', 'approve', 'refused']),
          because: z
            .enum(['roles', 'networks', 'outside', 'browser', 'countries', 'outsideCountries', 'time', 'risk'])
            .optional()
            .describe('The condition that does not hold'),
        }),
      )
      .describe('Each step as it stands in the end'),
    place: z.object({ country: z.string(), city: z.string().optional() }).optional().describe('Where it comes from, as far as it is known'),
    risk: riskSchema.optional().describe('Where the tenant looks at risk'),
    captcha: z
      .object({ due: z.boolean(), level: z.enum(['low', 'medium', 'high']).optional().describe('Of the request') })
      .optional()
      .describe('Whether the sign-in page, when it is opened, asks to show that no program sends it: before anybody says who they are'),
    certificates: z
      .enum(['taken', 'no_policy', 'no_host'])
      .optional()
      .describe(
        'Where a step names x509: whether client certificates are taken here, and if not, why; it is then as if nobody had any to begin with',
      ),
    script: scriptAnswerSchema
      .optional()
      .describe('What the adaptive script did, where the sign-in follows one; the steps are those that it asked for'),
  })
  .openapi('SignInWay')

export function signInRoutes(app: AdminApp): void {
  app.openapi(
    describe('users:read', {
      method: 'post',
      path: '/api/v1/sign-in/dry-run',
      summary: 'See which way a person would go through a sign-in, and why; nothing is done',
      tag: 'Sign-in',
      request: { body: body(dryRunSchema, 'Who, to which application, from where') },
      responses: { 200: json(answerSchema, 'The way') },
    }),
    async (c) => {
      const { here } = c.env
      const asked = c.req.valid('json')
      const user = await here.stores.users.findByName(asked.userName)
      if (!user) throw new IamError('not_found', `there is no person named ${asked.userName}`)
      const application = asked.client_id === undefined ? undefined : await loadApplication(c, asked.client_id)
      const policy = asked.policy ? { ...defaultSignInOf(here.tenant.policies), ...asked.policy } : signInPolicyOf(here.tenant)
      const riskPolicy = asked.risk ? toRiskPolicy(asked.risk) : here.tenant.policies.risk
      const script = await tryScript(c, {
        user,
        policy,
        application,
        ip: asked.ip,
        place: parsePlace(asked.place ?? {}),
        acrValues: asked.acr_values,
        now: asked.at === undefined ? undefined : Date.parse(asked.at),
        userAgent: asked.user_agent,
        failedTries: asked.failed_tries,
        facts: asked.script,
      })
      const { requestRisk, ...way } = await dryRunSignIn(here, user, {
        policy,
        application,
        ip: asked.ip,
        browser: asked.browser,
        acrValues: asked.acr_values,
        acrEssential: asked.acr_essential,
        place: parsePlace(asked.place ?? {}),
        now: asked.at === undefined ? undefined : Date.parse(asked.at),
        userAgent: asked.user_agent,
        risk: riskPolicy,
        checked: { failedTries: asked.failed_tries, breached: asked.breached_password },
        steps: script?.steps,
      })
      const more = {
        place: shownPlaceOf(way.place),
        risk: riskPolicy && way.risk && shownRisk(way.risk, riskPolicy),
        captcha: shownCaptcha(here.tenant.policies.captcha, requestRisk?.level),
      }
      return c.json(
        {
          ...way,
          ...more,
          asks: way.asks.map(unlocked),
          way: way.way.map(unlockedStep),
          amr: [...way.amr],
          ...(script
            ? { script: script.answer, ...(script.answer.outcome === 'let_on' ? {} : { outcome: 'access_denied' as const }) }
            : {}),
        },
        200,
      )
    },
  )
}

function shownCaptcha(policy: CaptchaPolicy | undefined, level: RiskLevel | undefined) {
  const captcha = captchaOn(policy, 'sign_in')
  return captcha && { due: isCaptchaDue(captcha, { level }), ...(level === undefined ? {} : { level }) }
}

function shownRisk({ level, score, action, reasons }: Risk, { weights }: RiskPolicy): z.output<typeof riskSchema> {
  const signals = SIGNAL_KINDS.map((signal) => {
    const reason = reasons.find((one) => one.signal === signal)
    return {
      signal,
      weight: weights[signal],
      points: reason?.points ?? 0,
      ...(reason?.seen === undefined ? {} : { seen: { ...reason.seen } }),
    }
  })
  return { level, score, action, signals }
}

const unlocked = <T extends { readonly choices: readonly FactorKind[] }>(ask: T) => ({ ...ask, choices: [...ask.choices] })
const unlockedStep = <T extends { readonly anyOf: readonly FactorKind[] }>(step: T) => ({ ...step, anyOf: [...step.anyOf] })

async function loadApplication(c: HouseContext, clientId: string): Promise<Application> {
  const found = await c.env.here.stores.applications.find(clientId)
  if (!found) throw new IamError('not_found', `there is no application with the client_id ${clientId}`)
  return found
}
