/** `/api/v1/sign-in/dry-run`: which way a person would go through a sign-in, and why. */
import type { Application } from '@gatehouse/core/application.ts'
import { IamError } from '@gatehouse/core/error.ts'
import { FACTOR_KINDS, type FactorKind } from '@gatehouse/core/factor.ts'
import { DEFAULT_SIGN_IN } from '@gatehouse/core/sign_in_policy.ts'
import { signInPolicyOf } from '@gatehouse/core/tenant.ts'
import { dryRunSignIn } from '@gatehouse/identity/sign_in_dry_run.ts'
import { z } from '@hono/zod-openapi'
import type { HouseContext } from '../../house.ts'
import { type AdminApp, body, describe, json } from '../route.ts'
import { signInPolicySchema } from '../schema/sign_in.ts'

const factor = z.enum(FACTOR_KINDS as [FactorKind, ...FactorKind[]])

const dryRunSchema = z
  .strictObject({
    userName: z.string().max(128),
    client_id: z.string().max(128).optional().describe('Left out: My Account'),
    ip: z.union([z.ipv4(), z.ipv6()]).optional(),
    browser: z.enum(['new', 'known', 'remembered']).default('new'),
    acr_values: z.array(z.string().max(200)).max(10).default([]),
    acr_essential: z.boolean().default(false),
    policy: signInPolicySchema.optional().describe('Tried instead of the tenant’s, before it is applied'),
  })
  .openapi('SignInDryRun')

const answerSchema = z
  .object({
    asks: z
      .array(z.object({ ask: z.enum(['identify', 'prove', 'enrol']), choices: z.array(factor) }))
      .describe('What the person would meet, in this order; of several choices the first is taken for what follows'),
    outcome: z.enum(['signed_in', 'access_denied', 'unmet_authentication_requirements']),
    acr: z.string().optional().describe('What the tokens would say'),
    amr: z.array(z.string()),
    way: z
      .array(
        z.object({
          anyOf: z.array(factor),
          from: z.enum(['policy', 'acr', 'my_account']),
          outcome: z.enum(['proven', 'remembered', 'not_due', 'skipped', 'identify', 'prove', 'enrol', 'refused']),
          because: z.enum(['roles', 'networks', 'outside', 'browser']).optional().describe('The condition that does not hold'),
        }),
      )
      .describe('Each step as it stands in the end'),
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
      const policy = asked.policy ? { ...DEFAULT_SIGN_IN, ...asked.policy } : signInPolicyOf(here.tenant)
      const way = await dryRunSignIn(here, user, {
        policy,
        application,
        ip: asked.ip,
        browser: asked.browser,
        acrValues: asked.acr_values,
        acrEssential: asked.acr_essential,
      })
      return c.json({ ...way, asks: way.asks.map(unlocked), way: way.way.map(unlockedStep), amr: [...way.amr] }, 200)
    },
  )
}

const unlocked = <T extends { readonly choices: readonly FactorKind[] }>(ask: T) => ({ ...ask, choices: [...ask.choices] })
const unlockedStep = <T extends { readonly anyOf: readonly FactorKind[] }>(step: T) => ({ ...step, anyOf: [...step.anyOf] })

async function loadApplication(c: HouseContext, clientId: string): Promise<Application> {
  const found = await c.env.here.stores.applications.find(clientId)
  if (!found) throw new IamError('not_found', `there is no application with the client_id ${clientId}`)
  return found
}
