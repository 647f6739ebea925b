/** What an adaptive script is given in a dry run, and what it did. */
import { FACTOR_KINDS, type FactorKind } from '@gatehouse/core/factor.ts'
import { z } from '@hono/zod-openapi'
import { scriptSchema } from './script.ts'

const texts = z.record(z.string().max(100), z.string().max(1_000)).default({})

export const scriptFactsSchema = z.strictObject({
  text: scriptSchema.optional().describe('Tried instead of the one that is applied'),
  headers: texts,
  cookies: texts.describe('The script’s own, as they were set'),
  parameters: texts.describe('Of the authorization request'),
  answers: texts.describe('To the fields of its forms'),
  outside: z
    .record(z.string().max(260), z.strictObject({ status: z.number().int().min(100).max(599).default(200), body: z.unknown() }))
    .default({})
    .describe('What a host would answer; one that is left out does not answer'),
})

export const scriptAnswerSchema = z
  .object({
    outcome: z.enum(['let_on', 'refused', 'failed']),
    because: z.string(),
    asks: z
      .array(z.object({ step: z.number().int(), anyOf: z.array(z.enum(FACTOR_KINDS as [FactorKind, ...FactorKind[]])) }))
      .describe('The steps that it asked for, in its order; each is taken to be passed'),
    calls: z.array(z.string()).describe('What it asked and did, as the audit record would say it; nothing was done'),
    log: z.array(z.object({ level: z.string(), text: z.string() })),
  })
  .openapi('ScriptDryRun')
