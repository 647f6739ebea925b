/** The second factors of a person: added, renamed, removed, each with the profile that says which kinds there are, and with an event that is audited and told. */
import type { Credential, CredentialKind } from '@gatehouse/core/credential.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { EventKind } from '@gatehouse/core/event.ts'
import { FACTORS, SECOND_FACTORS } from '@gatehouse/core/factor.ts'
import type { CredentialId, UserId } from '@gatehouse/core/ids.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { Write } from '@gatehouse/ports/table.ts'
import { kindsOf, type NewCredential } from '@gatehouse/store/credential.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { makeRecoveryCodes } from './factors/recovery_code.ts'
import { nowSeconds } from './interaction.ts'

export const LONGEST_CREDENTIAL_NAME = 60

/** Throws `conflict` where there are enough of the kind, or this very one was added before. */
export async function addCredential(
  ctx: TenantContext,
  userId: UserId,
  credential: Exclude<NewCredential, RecoveryKept>,
  ...alongside: readonly Write[]
): Promise<User> {
  const { user, credentials } = await loadPerson(ctx, userId)
  if (credentials.filter(({ kind }) => kind === credential.kind).length >= FACTORS[credential.kind].most)
    throw new IamError('conflict', 'there are enough of this kind; remove one first')
  const next = profileWrite(ctx, user, [...credentials, credential], 'credential.enrolled', credential.kind)
  await ctx.stores.credentials.add(userId, credential, next.write, ...alongside)
  return next.user
}

/** The last second factor takes the recovery codes with it: they stand in for one. */
export async function removeCredential(ctx: TenantContext, userId: UserId, id: CredentialId): Promise<User> {
  const { user, credentials } = await loadPerson(ctx, userId)
  const removed = loadFrom(credentials, id)
  const left = credentials.filter((credential) => credential !== removed)
  const kept = left.some(({ kind }) => SECOND_FACTORS.includes(kind)) ? left : []
  const next = profileWrite(ctx, user, kept, 'credential.removed', removed.kind)
  const gone = credentials.filter((credential) => !kept.includes(credential))
  await ctx.stores.credentials.remove(userId, gone, next.write)
  return next.user
}

export async function renameCredential(ctx: TenantContext, userId: UserId, id: CredentialId, name: string): Promise<void> {
  const credential = loadFrom(await ctx.stores.credentials.list(userId, { consistent: true }), id)
  if (!(await ctx.stores.credentials.rename(userId, credential, name, ctx.actor))) throw notFound()
}

/** Ten new ones, shown this once; the former are worth nothing from then on. Throws `conflict` for whoever has no second factor. */
export async function remakeRecoveryCodes(ctx: TenantContext, userId: UserId): Promise<readonly string[]> {
  const { user, credentials } = await loadPerson(ctx, userId)
  const others = credentials.filter(({ kind }) => kind !== 'recovery_code')
  if (others.length === 0) throw new IamError('conflict', 'recovery codes stand in for a second factor; add one first')
  const before = credentials.find((one) => one.kind === 'recovery_code')
  const { codes, hashes } = await makeRecoveryCodes(ctx)
  const made = { ...newCredential(ctx, ''), kind: 'recovery_code', hashes } as const
  const next = profileWrite(ctx, user, [...others, made], 'recovery_codes.made', 'recovery_code')
  await ctx.stores.credentials.replaceRecoveryCodes(userId, before, made, next.write)
  return codes
}

export function newCredential(ctx: TenantContext, name: string): { id: CredentialId; name: string; createdAt: number } {
  return { id: `crd_${ctx.random.token(12)}`, name, createdAt: nowSeconds(ctx) }
}

type RecoveryKept = Extract<NewCredential, { kind: 'recovery_code' }>

/** As they are now: what is decided here hangs on what is not there. */
async function loadPerson(
  ctx: TenantContext,
  userId: UserId,
): Promise<{ readonly user: User; readonly credentials: readonly Credential[] }> {
  const [user, credentials] = await Promise.all([
    ctx.stores.users.find(userId, { consistent: true }),
    ctx.stores.credentials.list(userId, { consistent: true }),
  ])
  if (!user) throw new IamError('not_found', 'there is no such person')
  return { user, credentials }
}

function profileWrite(
  ctx: TenantContext,
  user: User,
  credentials: readonly Pick<Credential, 'kind'>[],
  event: EventKind,
  kind: CredentialKind,
) {
  const made = ctx.stores.shelf.event(event, { actor: ctx.actor, userId: user.id, data: { kind } })
  return ctx.stores.users.factorsWrite(user, kindsOf(credentials), made)
}

function loadFrom(credentials: readonly Credential[], id: CredentialId): Credential {
  const found = credentials.find((credential) => credential.id === id)
  if (!found) throw notFound()
  return found
}

function notFound(): IamError {
  return new IamError('not_found', 'there is no such factor')
}
