/**
 * Proof of an e-mail address by a mailed link. Until then an address is unverified and not unique; who has it already is told in the mail, which only the
 * owner of the address reads, and to nobody on a page.
 */
import type { RequestId, UserId } from '@gatehouse/core/ids.ts'
import { type Email, primaryEmail, type User } from '@gatehouse/core/user.ts'
import { type EmailHolding, findEmailHolding, findEmailOwner } from '@gatehouse/directory/email_owner.ts'
import { foldAddress } from '@gatehouse/store/keys.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { EmailHolder } from '@gatehouse/store/verified_email.ts'
import { nowSeconds } from './interaction.ts'
import { consumeLink, findSealedLink, sealLink } from './sealed_link.ts'

const LINK_SECONDS = 86_400

/** Whose address is to be proved: a person's, or that of a registration that waits. */
export type EmailSubject = EmailHolder
export type EmailFacts = { readonly subject: EmailSubject; readonly address: string }

/** Makes the relay send the mail: the event is `email.verification_asked`, of the person or of the request. */
export async function askEmailVerification(ctx: TenantContext, subject: EmailSubject): Promise<void> {
  const { shelf, used } = ctx.stores
  const about = subject.kind === 'user' ? { userId: subject.userId } : { requestId: subject.requestId }
  const event = shelf.event('email.verification_asked', { actor: ctx.actor, ...about })
  await used.consume('email_verification', `asked\n${event.id}`, nowSeconds(ctx) + LINK_SECONDS, event)
}

export type VerificationMail = {
  readonly address: string
  /** Where the address is confirmed. */
  readonly url: string
  readonly userName: string
  readonly givenName: string | undefined
  readonly locale: string | undefined
  /** Somebody proved this address before: the mail says so instead. */
  readonly known: boolean
}

/** What the mail for an `email.verification_asked` says, as things are now; undefined when there is nothing to prove any more. */
export async function findVerificationMail(
  ctx: TenantContext,
  about: { readonly userId?: UserId; readonly requestId?: RequestId },
): Promise<VerificationMail | undefined> {
  const found = await findUnproved(ctx, about)
  if (found === undefined) return undefined
  const { subject, person, email } = found
  const holding = await findEmailHolding(ctx, email.value)
  const token = await sealLink<EmailFacts>(ctx, 'email_verification', { subject, address: email.value }, LINK_SECONDS)
  return {
    address: email.value,
    url: `${ctx.issuer}/verify-email?token=${token}`,
    userName: person.userName,
    givenName: person.name.givenName,
    locale: person.locale,
    known: isAnother(holding ?? {}, subject),
  }
}

export async function findEmailLink(ctx: TenantContext, token: string): Promise<EmailFacts | undefined> {
  return (await findSealedLink<EmailFacts>(ctx, 'email_verification', token))?.facts
}

export type Verified = 'verified' | 'known' | 'expired'
/** Marks the address of a registration that still waits; false when it waits no more. */
export type MarkApplicantEmailVerified = (ctx: TenantContext, requestId: RequestId, address: string) => Promise<boolean>

/** Uses the link. Claiming the address and marking it are two writes: a claim without its mark is only asked for again. */
export async function verifyEmail(ctx: TenantContext, token: string, markApplicant: MarkApplicantEmailVerified): Promise<Verified> {
  const link = await findSealedLink<EmailFacts>(ctx, 'email_verification', token)
  if (link === undefined || !(await consumeLink(ctx, 'email_verification', link))) return 'expired'
  const { address, subject } = link.facts
  return holdEmail(ctx, subject, address, () => mark(ctx, subject, address, markApplicant))
}

/** Makes an address that was proven this subject's, and marks it there; false from `markIt`: there is nothing to mark any more. */
export async function holdEmail(
  ctx: TenantContext,
  subject: EmailSubject,
  address: string,
  markIt: () => Promise<boolean>,
): Promise<Verified> {
  const holding = await findEmailHolding(ctx, address)
  if (isAnother(holding ?? {}, subject)) return 'known'
  // Only the holder that was looked at may be replaced: whoever came between keeps the address.
  if (!(await ctx.stores.verifiedEmails.claim(address, subject, holding?.holder))) return 'known'
  if (holding && (await wasMarkedMeanwhile(ctx, holding.holder, subject, address))) {
    await ctx.stores.verifiedEmails.claim(address, holding.holder, subject)
    return 'known'
  }
  try {
    if (await markIt()) return 'verified'
  } catch (error) {
    const holder = await ctx.stores.verifiedEmails.find(address)
    if (holder && !isSame(holder, subject)) return 'known'
    throw error
  }
  await ctx.stores.verifiedEmails.release(address, subject)
  return 'expired'
}

/** Between the look and the claim. From the claim on it cannot be any more, since a mark holds only while the address is held. */
async function wasMarkedMeanwhile(ctx: TenantContext, former: EmailHolder, subject: EmailSubject, address: string): Promise<boolean> {
  return isAnother({ holder: former, owner: await findEmailOwner(ctx, former, address) }, subject)
}

function mark(ctx: TenantContext, subject: EmailSubject, address: string, markApplicant: MarkApplicantEmailVerified): Promise<boolean> {
  if (subject.kind === 'user') return markUser(ctx, subject.userId, address, subject)
  return markRegistration(ctx, subject, address, markApplicant)
}

async function markUser(ctx: TenantContext, userId: UserId, address: string, holder: EmailHolder): Promise<boolean> {
  const user = await ctx.stores.users.find(userId, { consistent: true })
  const isThis = (email: Email) => foldAddress(email.value) === foldAddress(address)
  if (!user?.emails.some(isThis)) return false
  const emails = user.emails.map((email) => (isThis(email) ? { ...email, verified: true } : email))
  const stillHeld = ctx.stores.verifiedEmails.heldWrite(address, holder)
  await ctx.stores.users.update(user, { ...user, emails }, 'user.email_verified', { ...ctx.actor, userId }, [stillHeld])
  return true
}

/** The last approval may come in between: then the person is marked. */
async function markRegistration(
  ctx: TenantContext,
  holder: Extract<EmailSubject, { kind: 'pending' }>,
  address: string,
  markApplicant: MarkApplicantEmailVerified,
): Promise<boolean> {
  if (await markApplicant(ctx, holder.requestId, address)) return true
  const userId = await findResult(ctx, holder.requestId)
  return userId !== undefined && (await markUser(ctx, userId, address, holder))
}

/** Somebody else, who still has this address: a person, or a registration that waits or became such a person. */
function isAnother({ holder, owner }: Partial<EmailHolding>, subject: EmailSubject): boolean {
  if (holder === undefined || owner === undefined || isSame(holder, subject)) return false
  return !(owner.kind === 'user' && subject.kind === 'user' && owner.user.id === subject.userId)
}

async function findUnproved(ctx: TenantContext, { userId, requestId }: { readonly userId?: UserId; readonly requestId?: RequestId }) {
  const subject: EmailSubject | undefined = userId ? { kind: 'user', userId } : requestId ? { kind: 'pending', requestId } : undefined
  const person = subject && (await findPerson(ctx, subject))
  const email = person && primaryEmail(person)
  return subject && person && email && !email.verified ? { subject, person, email } : undefined
}

async function findPerson(
  ctx: TenantContext,
  subject: EmailSubject,
): Promise<Pick<User, 'userName' | 'name' | 'emails' | 'locale'> | undefined> {
  if (subject.kind === 'user') return ctx.stores.users.find(subject.userId, { consistent: true })
  return (await ctx.stores.requests.find(subject.requestId, { consistent: true }))?.data?.applicant
}

async function findResult(ctx: TenantContext, requestId: RequestId): Promise<UserId | undefined> {
  const record = await ctx.stores.requests.find(requestId, { consistent: true })
  const state = record?.request.state
  return state && 'resultId' in state ? (state.resultId as UserId) : undefined
}

function isSame(a: EmailHolder, b: EmailHolder): boolean {
  return (
    (a.kind === 'user' && b.kind === 'user' && a.userId === b.userId) ||
    (a.kind === 'pending' && b.kind === 'pending' && a.requestId === b.requestId)
  )
}
