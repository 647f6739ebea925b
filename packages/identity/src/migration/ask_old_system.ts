/** Asks the old system whether a name and a password are right there: one signed request, and an answer that is read to the letter or counts for nothing. */
import { IamError } from '@gatehouse/core/error.ts'
import { type MigratedPerson, parseMigrationAnswer } from '@gatehouse/core/migrated_person.ts'
import type { MigrationPolicy } from '@gatehouse/core/migration_policy.ts'
import type { EgressResponse } from '@gatehouse/ports/egress.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { contentDigest, signMessage } from './message_signature.ts'

const MAXIMUM_BYTES = 32_768
const SIGNATURE_SECONDS = 60
const CONTENT_TYPE = 'application/json'

export function migrationSealContext(tenantId: string): string {
  return `migration secret of ${tenantId}`
}

/** Undefined where the password is not right there, nobody is known by the name, or no usable answer came: to the person it is all one. */
export async function askOldSystem(
  ctx: TenantContext,
  policy: MigrationPolicy,
  userName: string,
  password: string,
): Promise<MigratedPerson | undefined> {
  const id = ctx.random.token(16)
  const response = await send(ctx, policy, id, JSON.stringify({ id, tenant: ctx.tenant.id, userName, password }))
  if (response === undefined) return undefined
  if (response.status !== 200 || !/^application\/json\b/i.test(response.headers['content-type'] ?? '')) {
    ctx.log.write('warn', 'the old system gave no usable answer', { tenant: ctx.tenant.id, status: response.status })
    return undefined
  }
  const answer = parseMigrationAnswer(response.body, { id, userName }, policy)
  if (answer.kind === 'unusable')
    ctx.log.write('warn', 'the old system gave no usable answer', { tenant: ctx.tenant.id, path: answer.path })
  return answer.kind === 'right' ? answer.person : undefined
}

async function send(ctx: TenantContext, policy: MigrationPolicy, id: string, body: string): Promise<EgressResponse | undefined> {
  const secret = await ctx.vault.unseal(policy.sealedSecret, migrationSealContext(ctx.tenant.id))
  const created = Math.floor(ctx.clock.now() / 1000)
  const digest = contentDigest(body)
  const signed = signMessage(
    'gatehouse',
    [
      ['@method', 'POST'],
      ['@target-uri', policy.url],
      ['content-type', CONTENT_TYPE],
      ['content-digest', digest],
    ],
    [
      ['created', created],
      ['expires', created + SIGNATURE_SECONDS],
      ['nonce', id],
      ['keyid', policy.secretId],
      ['alg', 'hmac-sha256'],
      ['tag', 'gatehouse-migration'],
    ],
    secret,
  )
  try {
    return await ctx.egress.send({
      url: policy.url,
      method: 'POST',
      headers: { 'content-type': CONTENT_TYPE, accept: CONTENT_TYPE, 'content-digest': digest, ...signed },
      body,
      timeoutMilliseconds: policy.timeoutMilliseconds,
      maximumBytes: MAXIMUM_BYTES,
    })
  } catch (error) {
    // Late, too large, or at an address that may not be reached.
    if (!(error instanceof IamError)) throw error
    ctx.log.write('warn', 'the old system was not reached', { tenant: ctx.tenant.id, detail: error.detail ?? error.description })
    return undefined
  }
}
