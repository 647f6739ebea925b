/** A person as the directory knows them: SCIM 2.0 core schema (RFC 7643 section 4.1) with the house's own state. */
import type { FactorKind } from './factor.ts'
import type { GroupId, RoleId, UserId } from './ids.ts'

export type Name = { readonly givenName?: string; readonly familyName?: string; readonly formatted?: string; readonly middleName?: string }
/** `verified` is ours: nothing is linked, recovered or signed in by an unverified address. At most one is `primary`. */
export type Email = { readonly value: string; readonly primary?: boolean; readonly verified: boolean; readonly type?: string }
/** E.164. */
export type PhoneNumber = { readonly value: string; readonly primary?: boolean; readonly verified: boolean; readonly type?: string }

export type User = {
  readonly id: UserId
  readonly userName: string
  readonly active: boolean
  /** Why, where no administrator did it. Absent: an administrator did, or the person is active. */
  readonly suspendedBecause?: 'idle'
  readonly name: Name
  readonly displayName?: string
  readonly nickName?: string
  readonly profileUrl?: string
  readonly locale?: string
  readonly timezone?: string
  readonly emails: readonly Email[]
  readonly phoneNumbers: readonly PhoneNumber[]
  /** What else the tenant knows of the person, by names of its own: `dob`, `country`. Adaptive scripts read and write them. */
  readonly attributes?: Readonly<Record<string, string>>
  readonly roles: readonly RoleId[]
  readonly groups: readonly GroupId[]
  /** Grows when sessions and tokens of before must end (password changed by another, suspended, erased). */
  readonly securityEpoch: number
  /** Grows when a consent is withdrawn, and with nothing else: codes from before are worth nothing. Absent: none ever was. */
  readonly consentEpoch?: number
  /** A new password is wanted at the next sign-in: by an administrator, or since this one was seen in a breach. Absent: none is. */
  readonly passwordChange?: 'forced' | 'breached'
  /** Seconds since the epoch, written with the password. Absent: there is none, or it is from before this was written down. */
  readonly passwordChangedAt?: number
  /** The same, where it was chosen by the person. Absent: somebody else set it, or it came with the account. */
  readonly passwordChosenAt?: number
  /** Kinds of second factors that the person has enrolled, written with them. Absent: none. */
  readonly factors?: readonly FactorKind[]
  /** ISO 8601. */
  readonly createdAt: string
  readonly updatedAt: string
  /** Grows with each write; `If-Match`. */
  readonly version: number
}

export function primaryEmail(user: Pick<User, 'emails'>): Email | undefined {
  return user.emails.find((email) => email.primary) ?? user.emails[0]
}

export function primaryPhoneNumber(user: Pick<User, 'phoneNumbers'>): PhoneNumber | undefined {
  return user.phoneNumbers.find((number) => number.primary) ?? user.phoneNumbers[0]
}

/** What a person is called on a page: display name, else given and family name, else the user name. */
export function shownName(user: Pick<User, 'displayName' | 'name' | 'userName'>): string {
  const full = [user.name.givenName, user.name.familyName].filter(Boolean).join(' ')
  return user.displayName || user.name.formatted || full || user.userName
}
