/**
 * A change of where a person is reached. It waits until the new address is proven, and, where the tenant says so, the old one as well; until then the old one
 * stays in force. Times in seconds since the epoch.
 */
import type { ChangeId } from './ids.ts'
import { type Email, type PhoneNumber, primaryEmail, primaryPhoneNumber, type User } from './user.ts'

export const ADDRESS_CHANNELS = ['email', 'phone_number'] as const
export type AddressChannel = (typeof ADDRESS_CHANNELS)[number]
/** Of the two ends of a change. */
export type AddressEnd = 'new' | 'old'

export type AddressChangePolicy = {
  /** Which ends have to be proven by a code; the old one only where it was verified. */
  readonly proof: 'new' | 'both'
  /** For how long the receiver of the old address may undo it; 0: not at all. */
  readonly undoDays: number
}

export const DEFAULT_ADDRESS_CHANGE: AddressChangePolicy = { proof: 'new', undoDays: 3 }

export type AddressChange = {
  readonly id: ChangeId
  readonly channel: AddressChannel
  readonly address: string
  /** The verified address that it replaces. */
  readonly old?: string
  readonly ends: readonly AddressEnd[]
  readonly status: 'pending' | 'done' | 'cancelled' | 'undone'
  readonly startedAt: number
  readonly expiresAt: number
  readonly undoUntil: number
  readonly newProvenAt?: number
  readonly oldProvenAt?: number
}

/** How long the codes of a change may be typed, each of its own five minutes. */
export const ADDRESS_CHANGE_SECONDS = 3600

export function isAddressChannel(text: unknown): text is AddressChannel {
  return text === 'email' || text === 'phone_number'
}

/** Which codes are still to be typed. */
export function dueEnds({ ends, newProvenAt, oldProvenAt }: AddressChange): AddressEnd[] {
  return ends.filter((end) => (end === 'new' ? newProvenAt : oldProvenAt) === undefined)
}

export function primaryAddress(user: Pick<User, 'emails' | 'phoneNumbers'>, channel: AddressChannel): Email | PhoneNumber | undefined {
  return channel === 'email' ? primaryEmail(user) : primaryPhoneNumber(user)
}

/** The person with this address, proven, in place of the primary one; undefined: with none there. */
export function withAddress(user: User, channel: AddressChannel, address: string | undefined): User {
  const name = channel === 'email' ? 'emails' : 'phoneNumbers'
  const before = primaryAddress(user, channel)
  const others = user[name].filter((one) => one !== before && one.value !== address)
  if (address === undefined) return { ...user, [name]: others }
  const known = user[name].find((one) => one.value === address)
  return { ...user, [name]: [{ ...known, value: address, verified: true, primary: true }, ...others] }
}
