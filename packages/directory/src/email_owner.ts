/** Who an e-mail address belongs to: whoever proved it, or was vouched for by an administrator, and still has it. */
import { IamError } from '@gatehouse/core/error.ts'
import type { UserId } from '@gatehouse/core/ids.ts'
import type { User } from '@gatehouse/core/user.ts'
import { foldAddress } from '@gatehouse/store/keys.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { EmailHolder } from '@gatehouse/store/verified_email.ts'

type Place = Pick<TenantContext, 'stores'>

/** The item that says so stays when its person goes: `owner` is missing then, and the address may be somebody else's. */
export type EmailHolding = { readonly holder: EmailHolder; readonly owner: EmailOwner | undefined }
export type EmailOwner = { readonly kind: 'user'; readonly user: User } | { readonly kind: 'pending' }

export async function findEmailHolding(ctx: Place, address: string): Promise<EmailHolding | undefined> {
  const holder = await ctx.stores.verifiedEmails.find(address)
  return holder && { holder, owner: await findEmailOwner(ctx, holder, address) }
}

/** An address that an administrator vouches for is held as if its owner had proved it. Throws `conflict` when it is somebody else's. */
export async function claimVouchedEmails(ctx: Place, { id, emails }: Pick<User, 'id' | 'emails'>): Promise<void> {
  for (const { value } of emails.filter(({ verified }) => verified)) {
    const holding = await findEmailHolding(ctx, value)
    const isTheirs = holding?.owner?.kind === 'user' && holding.owner.user.id === id
    if (isTheirs) continue
    const claimed =
      holding?.owner === undefined && (await ctx.stores.verifiedEmails.claim(value, { kind: 'user', userId: id }, holding?.holder))
    if (!claimed) throw new IamError('conflict', `the address ${value} was verified by somebody else`)
  }
}

/** A registration that waits, or the person that it, or the proof, was of. */
export async function findEmailOwner(ctx: Place, holder: EmailHolder, address: string): Promise<EmailOwner | undefined> {
  if (holder.kind === 'user') return findUser(ctx, holder.userId, address)
  const state = (await ctx.stores.requests.find(holder.requestId, { consistent: true }))?.request.state
  if (state?.kind === 'waiting') return { kind: 'pending' }
  return state && 'resultId' in state ? findUser(ctx, state.resultId as UserId, address) : undefined
}

async function findUser(ctx: Place, id: UserId, address: string): Promise<EmailOwner | undefined> {
  const user = await ctx.stores.users.find(id, { consistent: true })
  const has = user?.emails.some((email) => email.verified && foldAddress(email.value) === foldAddress(address))
  return user && has ? { kind: 'user', user } : undefined
}
