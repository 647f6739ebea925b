/**
 * `/api/v1/me/address-changes`: the person's e-mail address and phone number are changed by codes, never by writing. It begins with a fresh proof of who they are:
 * whoever finds a browser signed in must not move an account to a mailbox of their own.
 */
import {
  type AddressChange,
  type AddressChannel,
  type AddressEnd,
  dueEnds,
  isAddressChannel,
  primaryAddress,
  withAddress,
} from '@gatehouse/core/address_change.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { ListOf, MyAddressChange } from '@gatehouse/core/my_account.ts'
import { checkProfileChange, plainNumber } from '@gatehouse/core/profile_change.ts'
import { beginAddressChange, type Confirmed, confirmAddressChange, resendAddressCode } from '@gatehouse/identity/address_change.ts'
import type { SendOutcome } from '@gatehouse/identity/factors/factor_use.ts'
import { pendingOf } from '@gatehouse/store/address_change.ts'
import { foldAddress } from '@gatehouse/store/keys.ts'
import type { HouseContext } from '../house.ts'
import { pageLocale } from '../page.ts'
import { iso } from './iso.ts'
import { readJson, textOf } from './json_body.ts'
import { meOf } from './me.ts'
import { checkSure, requireSignedIn, requireWriter, type SignedIn } from './signed_in.ts'

/** An address is only what somebody typed: nobody is to be flooded with our messages. */
const CHANGES = { name: 'address_change', limit: 5, windowSeconds: 3600 } as const

export async function readAddressChanges(c: HouseContext): Promise<Response> {
  const { here, user } = await requireSignedIn(c)
  const pending = await here.stores.addressChanges.listPending(user.id)
  return c.json({ items: pending.map(shown) } satisfies ListOf<MyAddressChange>)
}

export async function beginChange(c: HouseContext): Promise<Response> {
  const { signedIn, channel } = await readWriter(c)
  checkSure(signedIn)
  const { here, user } = signedIn
  const address = addressIn(channel, textOf(await readJson(c), 'address') ?? '')
  const present = primaryAddress(user, channel)
  if (present?.verified && foldAddress(present.value) === foldAddress(address)) throw refusal('address', 'address_unchanged')
  const rate = await here.stores.rates.take(CHANGES, user.id)
  if (!rate.allowed) throw enough(rate.retryAfterSeconds)
  const begun = await beginAddressChange(here, user, channel, address, localeOf(c, signedIn))
  if (begun.kind !== 'begun') throw notSent(begun)
  return c.json(shown(begun.change), 201)
}

export async function confirmChange(c: HouseContext): Promise<Response> {
  const { signedIn, channel } = await readWriter(c)
  const { here, user } = signedIn
  const body = await readJson(c)
  const otp = textOf(body, 'otp') ?? ''
  if (otp.trim() === '') throw refusal('otp', 'required')
  const confirmed = await confirmAddressChange(here, user, await loadPending(signedIn, channel), endIn(textOf(body, 'end')), otp)
  if (confirmed.kind === 'changed') return c.json(await meOf({ ...signedIn, user: confirmed.user }))
  if (confirmed.kind === 'proven') return c.json(shown(confirmed.change), 202)
  throw REFUSALS[confirmed.kind]()
}

export async function resendChangeCode(c: HouseContext): Promise<Response> {
  const { signedIn, channel } = await readWriter(c)
  const end = endIn(textOf(await readJson(c), 'end'))
  const change = await loadPending(signedIn, channel)
  if (!dueEnds(change).includes(end)) throw new IamError('conflict', 'this end needs no code any more')
  const outcome = await resendAddressCode(signedIn.here, signedIn.user, change, end, localeOf(c, signedIn))
  if (outcome.kind !== 'sent') throw notSent(outcome)
  return c.body(null, 204)
}

export async function cancelChange(c: HouseContext): Promise<Response> {
  const { signedIn, channel } = await readWriter(c)
  const change = await loadPending(signedIn, channel)
  if (!(await signedIn.here.stores.addressChanges.cancel(signedIn.user.id, change, signedIn.here.actor))) throw nothingWaits()
  return c.body(null, 204)
}

/** `DELETE /api/v1/me/phone_number`: there need be none. */
export async function removePhoneNumber(c: HouseContext): Promise<Response> {
  const signedIn = await requireWriter(c)
  checkSure(signedIn)
  const { here, user } = signedIn
  if (!primaryAddress(user, 'phone_number')) throw new IamError('not_found', 'there is no phone number')
  const after = withAddress(user, 'phone_number', undefined)
  const changed = await here.stores.users.update(user, after, 'user.address_changed', here.actor, [], { channel: 'phone_number' })
  return c.json(await meOf({ ...signedIn, user: changed }))
}

async function readWriter(c: HouseContext): Promise<{ signedIn: SignedIn; channel: AddressChannel }> {
  const signedIn = await requireWriter(c)
  const channel = c.req.param('channel')
  if (!isAddressChannel(channel)) throw new IamError('not_found', 'there is no such kind of address; there are email and phone_number')
  return { signedIn, channel }
}

async function loadPending({ here, user }: SignedIn, channel: AddressChannel): Promise<AddressChange> {
  const change = pendingOf(await here.stores.addressChanges.listPending(user.id), channel)
  if (!change) throw nothingWaits()
  return change
}

function addressIn(channel: AddressChannel, typed: string): string {
  const problem = typed.trim() === '' ? 'required' : checkProfileChange({ [channel]: typed }, [])[channel]
  if (problem !== undefined) throw refusal('address', problem)
  return channel === 'email' ? typed.trim() : plainNumber(typed)
}

function endIn(text: string | undefined): AddressEnd {
  if (text === 'new' || text === 'old') return text
  throw refusal('end', 'invalid')
}

/** `used` is a code of the same moment in another window. */
const REFUSALS: Readonly<Record<Exclude<Confirmed['kind'], 'changed' | 'proven'>, () => IamError>> = {
  wrong: () => refusal('otp', 'code_wrong'),
  used: () => refusal('otp', 'code_wrong'),
  expired: () => new IamError('gone', 'this took too long, or the code is good no more; ask for another, or begin again'),
  known: () => refusal('otp', 'address_known'),
}

function notSent(outcome: Exclude<SendOutcome, { kind: 'sent' }>): IamError {
  return enough(outcome.kind === 'wait' ? outcome.seconds : 3600)
}

function enough(retryAfterSeconds: number): IamError {
  return new IamError('too_many_requests', 'enough codes were sent; wait a little', { retryAfterSeconds })
}

function nothingWaits(): IamError {
  return new IamError('not_found', 'no change of this address waits')
}

function refusal(field: 'address' | 'otp' | 'end', code: string): IamError {
  return new IamError('validation_failed', 'the address was not changed', { fields: { [field]: code } })
}

function localeOf(c: HouseContext, { user }: SignedIn): string {
  return pageLocale(c, [user.locale ?? ''])
}

function shown(change: AddressChange): MyAddressChange {
  const { channel, address, startedAt, expiresAt } = change
  return { channel, address, due: dueEnds(change), startedAt: iso(startedAt), expiresAt: iso(expiresAt) }
}
