/** `GET /api/v1/me`: the signed-in person, their session and tenant, and the token that writes must carry. */
import { SUPPORTED_LOCALES } from '@gatehouse/core/locale.ts'
import type { Me, MyAddress, MyProfile } from '@gatehouse/core/my_account.ts'
import { factorsOf } from '@gatehouse/core/session.ts'
import type { PasswordRules, Tenant } from '@gatehouse/core/tenant.ts'
import { primaryEmail, primaryPhoneNumber, shownName, type User } from '@gatehouse/core/user.ts'
import { passkeyHost } from '@gatehouse/identity/passkeys/host.ts'
import { findPasswordExpiry, passwordKeptUntil } from '@gatehouse/identity/password_due.ts'
import { acceptsFirst } from '@gatehouse/identity/sign_in_steps.ts'
import { csrfToken } from '../csrf.ts'
import type { HouseContext } from '../house.ts'
import { iso } from './iso.ts'
import { isSureUntil, requireSignedIn, type SignedIn } from './signed_in.ts'

export async function readMe(c: HouseContext): Promise<Response> {
  return c.json(await meOf(await requireSignedIn(c)))
}

export async function meOf(signedIn: SignedIn): Promise<Me> {
  const { here, session, user } = signedIn
  const { tenant } = here
  const email = primaryEmail(user)
  const mark = email && (await here.stores.mailMarks.find(email.value))
  return {
    profile: profileOf(user, mark !== undefined),
    session: {
      id: session.id,
      signedInAt: iso(session.authTime),
      expiresAt: iso(session.expiresAt),
      sureUntil: iso(Math.max(0, isSureUntil(signedIn))),
    },
    tenant: {
      id: tenant.id,
      displayName: tenant.display_name,
      branding: tenant.branding,
      locales: SUPPORTED_LOCALES.filter((locale) => tenant.locales.length === 0 || tenant.locales.includes(locale)),
    },
    passwordPolicy: passwordRulesOf(tenant),
    passwordExpiresAt: await nearExpiry(here, user),
    passwordKeptUntil: keptUntil(here, user),
    offersPasskey: offersPasskey(signedIn),
    approvesSignIns: user.factors?.includes('push') ?? false,
    csrfToken: await csrfToken(here, session.id),
  }
}

/** Forms say the rules; what the tenant does besides is not theirs to tell. */
function passwordRulesOf({ policies: { password } }: Pick<Tenant, 'policies'>): PasswordRules {
  const { minimumLength, maximumLength, refuseCommon, refuseUserName } = password
  return { minimumLength, maximumLength, refuseCommon, refuseUserName }
}

async function nearExpiry(here: SignedIn['here'], user: User): Promise<string | undefined> {
  const { expiry } = here.tenant.policies.password
  if (expiry === undefined) return undefined
  const expiresAt = await findPasswordExpiry(here, user)
  const warnsFrom = Math.floor(here.clock.now() / 1000) + expiry.warnDays * 86_400
  return expiresAt !== undefined && expiresAt <= warnsFrom ? iso(expiresAt) : undefined
}

function offersPasskey({ here, session, user }: SignedIn): boolean {
  if (user.factors?.includes('passkey') || !factorsOf(session).some(({ kind }) => kind === 'password')) return false
  return passkeyHost(here) !== undefined && acceptsFirst(here, undefined, 'passkey')
}

function keptUntil(here: SignedIn['here'], user: User): string | undefined {
  const until = passwordKeptUntil(here, user)
  return until === undefined ? undefined : iso(until)
}

function profileOf(user: User, undeliverable: boolean): MyProfile {
  const email = addressOf(primaryEmail(user))
  return {
    id: user.id,
    userName: user.userName,
    shownName: shownName(user),
    givenName: user.name.givenName ?? '',
    familyName: user.name.familyName ?? '',
    email: email && undeliverable ? { ...email, undeliverable } : email,
    phoneNumber: addressOf(primaryPhoneNumber(user)),
    locale: user.locale,
    timezone: user.timezone,
    createdAt: user.createdAt,
    updatedAt: user.updatedAt,
    version: user.version,
  }
}

function addressOf(address: { readonly value: string; readonly verified: boolean } | undefined): MyAddress | undefined {
  return address && { value: address.value, verified: address.verified }
}
