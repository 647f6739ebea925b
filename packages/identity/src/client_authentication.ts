/**
 * Client authentication: RFC 6749 section 2.3. Basic and post prove the same secret, so an application registered for either may use either (section 2.3.1
 * has Basic as the one that every server supports); `none` is for public applications, which have no secret to show.
 */
import { timingSafeEqual } from 'node:crypto'
import { type Application, isConfidential, LONGEST_CLIENT_ID } from '@gatehouse/core/application.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { ClientId } from '@gatehouse/core/ids.ts'
import type { Parameters } from '@gatehouse/core/parameters.ts'
import type { ApplicationSecret } from '@gatehouse/store/application.ts'
import { hashOfSecret } from '@gatehouse/store/keys.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { bounded, perHouse } from './house_memory.ts'
import { nowSeconds } from './signing_keys.ts'

type Presented = { readonly clientId: ClientId; readonly secret: string | undefined }

/** Throws `invalid_client` in one same sentence whatever was wrong, `too_many_requests` after too many wrong secrets. */
export async function authenticateClient(
  ctx: TenantContext,
  authorization: string | undefined,
  parameters: Parameters,
): Promise<Application> {
  const { clientId, secret } = readPresented(authorization, parameters)
  if (clientId.length > LONGEST_CLIENT_ID) throw refusal()
  const application = await ctx.configuration.findApplication(clientId)
  if (secret === undefined) {
    if (!application?.active || isConfidential(application)) throw refusal()
    return application
  }
  if (isSuspect(ctx, clientId)) await checkThrottle(ctx, clientId)
  const right = isOneOf(secret, application?.secrets ?? [], nowSeconds(ctx))
  if (application?.active && isConfidential(application) && right) return application
  await countFailure(ctx, clientId)
  throw refusal()
}

function refusal(): IamError {
  return new IamError('invalid_client', 'the application could not be authenticated')
}

/** Section 2.3: not more than one method in a request. A `client_id` beside Basic is no method, but must say the same. */
function readPresented(authorization: string | undefined, parameters: Parameters): Presented {
  const [clientId, secret] = [parameters.get('client_id'), parameters.get('client_secret')]
  if (authorization === undefined) {
    if (clientId === undefined) throw new IamError('invalid_client', 'the application must authenticate: client_id is missing')
    return { clientId, secret }
  }
  if (secret !== undefined)
    throw new IamError('invalid_request', 'the application authenticated in two ways: by Authorization header and by client_secret')
  const basic = readBasic(authorization)
  if (clientId !== undefined && clientId !== basic.clientId)
    throw new IamError('invalid_request', 'client_id differs from that of the Authorization header')
  return basic
}

/** Section 2.3.1: id and secret are form-encoded before they are joined. */
function readBasic(authorization: string): Presented {
  const encoded = /^basic +([\w+/=-]+) *$/i.exec(authorization)?.[1]
  const text = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon < 1) throw refusal()
  try {
    return { clientId: formDecode(text.slice(0, colon)), secret: formDecode(text.slice(colon + 1)) }
  } catch (cause) {
    throw new IamError('invalid_client', 'the application could not be authenticated', {
      detail: 'malformed form encoding in Basic',
      cause,
    })
  }
}

function formDecode(text: string): string {
  return text.includes('%') || text.includes('+') ? decodeURIComponent(text.replaceAll('+', ' ')) : text
}

/** All are compared, so that the time says nothing of which was right. */
function isOneOf(secret: string, secrets: readonly ApplicationSecret[], now: number): boolean {
  const came = Buffer.from(hashOfSecret(secret))
  let right = false
  for (const { hash, expiresAt } of secrets) {
    const equal = timingSafeEqual(came, Buffer.from(hash))
    right = right || (equal && (expiresAt === undefined || now < expiresAt))
  }
  return right
}

/**
 * Wrong secrets per application and network. Successes cost nothing: a process asks the store only about those of whom it has seen a failure itself, so an
 * attacker gets at most one guess more per process.
 */
const FAILURES = { name: 'client_authentication', limit: 20, windowSeconds: 60 } as const
const suspectsOf = perHouse(() => bounded<true>(10_000))

function isSuspect(ctx: TenantContext, clientId: ClientId): boolean {
  return suspectsOf(ctx).get(`${ctx.tenant.id}\n${suspect(ctx, clientId)}`) === true
}

async function checkThrottle(ctx: TenantContext, clientId: ClientId): Promise<void> {
  const answer = await ctx.stores.rates.peek(FAILURES, suspect(ctx, clientId))
  if (!answer.allowed) throw tooMany(answer.retryAfterSeconds)
}

async function countFailure(ctx: TenantContext, clientId: ClientId): Promise<void> {
  const who = suspect(ctx, clientId)
  suspectsOf(ctx).set(`${ctx.tenant.id}\n${who}`, true)
  const answer = await ctx.stores.rates.take(FAILURES, who)
  if (!answer.allowed) throw tooMany(answer.retryAfterSeconds)
}

function suspect(ctx: TenantContext, clientId: ClientId): string {
  return `${clientId}\n${ctx.actor.ip ?? ''}`
}

function tooMany(retryAfterSeconds: number): IamError {
  return new IamError('too_many_requests', 'too many wrong client secrets came from this network', { retryAfterSeconds })
}
