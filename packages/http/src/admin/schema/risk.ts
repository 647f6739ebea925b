/** What a tenant makes of risk, on the wire (`core/risk/risk_policy.ts`); and what a place is. */
import { isNetwork } from '@gatehouse/core/network.ts'
import { SIGNAL_KINDS } from '@gatehouse/core/risk/assess.ts'
import { DEFAULT_RISK, type RiskPolicy } from '@gatehouse/core/risk/risk_policy.ts'
import type { SignalKind } from '@gatehouse/core/risk/signal.ts'
import { z } from '@hono/zod-openapi'

export const countrySchema = z.string().regex(/^[A-Z]{2}$/, 'two capital letters (ISO 3166-1 alpha-2)')
export const networkSchema = z.string().max(50).refine(isNetwork, 'an address, or a network as 192.0.2.0/24 or 2001:db8::/32')

export const signalSchema = z.enum(SIGNAL_KINDS as [SignalKind, ...SignalKind[]])
export const riskActionSchema = z.enum(['allow', 'step_up', 'approval', 'deny'])
const weight = z.number().int().min(0).max(100)
const sum = z.number().int().min(1).max(1000)

export const riskPolicySchema = z
  .strictObject({
    weights: z
      .strictObject(Object.fromEntries(SIGNAL_KINDS.map((kind) => [kind, weight])) as Record<SignalKind, typeof weight>)
      .partial()
      .describe('How much each signal adds; 0: it is not looked at'),
    levels: z.strictObject({ medium: sum, high: sum }).partial().describe('From this sum on'),
    actions: z
      .strictObject({ medium: riskActionSchema, high: riskActionSchema })
      .partial()
      .describe('step_up: prove a second factor; approval: somebody of the house decides (operation `risky_sign_in`)'),
    withoutFactor: z.enum(['allow', 'approval', 'deny']).describe('Of a person who is to step up and has no second factor'),
    kilometresPerHour: z.number().int().min(100).max(10_000).describe('Faster is no journey'),
    addresses: z.array(networkSchema).max(1000).describe('Networks that speak against whoever comes from them'),
    addressesUrl: z
      .url({ protocol: /^https$/ })
      .max(500)
      .describe('A list of such networks, one a line; asked for once an hour'),
    mail: z.enum(['never', 'medium', 'high']).describe('From this level on the person is told by mail what was seen'),
    approvalSeconds: z.number().int().min(300).max(86_400).describe('For so long may a person sign in after it was approved'),
  })
  .partial()
  .superRefine(({ levels }, context) => {
    const { medium, high } = { ...DEFAULT_RISK.levels, ...levels }
    if (medium >= high)
      context.addIssue({ code: 'custom', path: ['levels', 'high'], message: `high begins above medium, which is ${medium}` })
  })
  .openapi('RiskPolicy')

/** What is left out is the house's default. */
export function toRiskPolicy(given: z.output<typeof riskPolicySchema>): RiskPolicy {
  const { addressesUrl, weights, levels, actions, ...rest } = given
  return {
    ...DEFAULT_RISK,
    ...rest,
    weights: { ...DEFAULT_RISK.weights, ...weights },
    levels: { ...DEFAULT_RISK.levels, ...levels },
    actions: { ...DEFAULT_RISK.actions, ...actions },
    ...(addressesUrl === undefined ? {} : { addressesUrl }),
  }
}
