/** A tenant: a hard wall with its own issuer, keys, users, applications, branding and policies. */
import { type AddressChangePolicy, DEFAULT_ADDRESS_CHANGE } from './address_change.ts'
import type { CaptchaPolicy } from './captcha.ts'
import type { CertificatePolicy } from './certificate_policy.ts'
import type { IdlePolicy } from './idle.ts'
import type { TenantId } from './ids.ts'
import type { MigrationPolicy } from './migration_policy.ts'
import { DEFAULT_PASSKEYS, type PasskeyPolicy } from './passkey_policy.ts'
import type { PasswordExpiry } from './password_expiry.ts'
import type { ImportedHashes } from './password_hash/sorts.ts'
import type { RecoveryPolicy } from './recovery_policy.ts'
import type { RiskPolicy } from './risk/risk_policy.ts'
import { DEFAULT_SIGN_IN, type SignInPolicy, withCertificates } from './sign_in_policy.ts'
import type { TextPolicy } from './text_policy.ts'

export type Branding = {
  /** `https` or a path of our own. */
  readonly logo_uri?: string
  /** `#rrggbb`. */
  readonly accent_color?: string
  readonly support_uri?: string
}

export type EndedSessions = 'others' | 'all' | 'none'

export type PasswordPolicy = {
  readonly minimumLength: number
  readonly maximumLength: number
  readonly refuseCommon: boolean
  readonly refuseUserName: boolean
  /** Which sessions, and what was granted in them, end with a new password: all but the one in which it was set (where left out), all, or none. */
  readonly endSessions?: EndedSessions
  /** So many passwords, the present one among them, must not be chosen again. Absent, or 0: any may. */
  readonly history?: number
  /** So long a password that its person chose stays before they may choose another in My Account: else they could go round `history`. Absent, or 0: no time. */
  readonly minimumAgeDays?: number
  /** Absent: passwords do not become too old. */
  readonly expiry?: PasswordExpiry
  /** Absent: only the bundled list is asked. */
  readonly breached?: BreachedPasswordPolicy
}

/** What forms tell of it. */
export type PasswordRules = Pick<PasswordPolicy, 'minimumLength' | 'maximumLength' | 'refuseCommon' | 'refuseUserName'>

export type BreachedPasswordPolicy = {
  /** Of a service that speaks the range protocol of Have I Been Pwned; the five hex digits come after it. */
  readonly url: string
  /** The bundled list applies in any case. */
  readonly ifUnreachable: 'accept' | 'refuse'
  /** Look also when somebody signs in with the right password: they must set a new one then. */
  readonly atSignIn: boolean
}

export type TenantPolicies = {
  readonly password: PasswordPolicy
  /** Life of a browser session from sign-in. */
  readonly sessionSeconds: number
  readonly accessTokenSeconds: number
  readonly refreshTokenSeconds: number
  readonly selfRegistration: boolean
  /** Absent: the house's own. */
  readonly textMessages?: TextPolicy
  /** Absent: the house's default (`recovery_policy.ts`). */
  readonly recovery?: RecoveryPolicy
  /** Absent: the house's default. */
  readonly signIn?: SignInPolicy
  /** Absent: accounts that nobody uses stay as they are. */
  readonly idle?: IdlePolicy
  /** Absent, or true: a sign-in from a browser that is new to the person is told to them. */
  readonly newBrowserMail?: boolean
  /** Absent: the house's default. */
  readonly addressChange?: AddressChangePolicy
  /** Absent: no form asks for it. */
  readonly captcha?: CaptchaPolicy
  /** Absent: nobody is looked up elsewhere. */
  readonly migration?: MigrationPolicy
  /** Absent: the house's default. */
  readonly passkeys?: PasskeyPolicy
  /** Absent: client certificates are neither asked for nor taken. */
  readonly certificates?: CertificatePolicy
  /** Absent: risk is not looked at. */
  readonly risk?: RiskPolicy
}

/** A version of the privacy policy that people agree to; old versions are kept. */
export type PolicyVersion = {
  readonly version: string
  readonly title: string
  readonly text: string
  readonly publishedAt: string
  readonly uri?: string
}

export type Tenant = {
  readonly id: TenantId
  readonly display_name: string
  /** First is the default. */
  readonly locales: readonly string[]
  readonly branding: Branding
  readonly policies: TenantPolicies
  readonly privacyPolicy: PolicyVersion
  /** Of people with passwords from other systems: what a refusal must compute besides. Absent: there are none. */
  readonly importedHashes?: ImportedHashes
  readonly active: boolean
  readonly createdAt: string
  readonly version: number
}

export const DEFAULT_POLICIES: TenantPolicies = {
  password: { minimumLength: 8, maximumLength: 128, refuseCommon: true, refuseUserName: true },
  sessionSeconds: 12 * 3600,
  accessTokenSeconds: 300,
  refreshTokenSeconds: 30 * 24 * 3600,
  selfRegistration: true,
}

const DEFAULT_WITH_CERTIFICATES = withCertificates(DEFAULT_SIGN_IN)

export function signInPolicyOf({ policies }: Pick<Tenant, 'policies'>): SignInPolicy {
  return policies.signIn ?? defaultSignInOf(policies)
}

/** What a policy leaves out, too. */
export function defaultSignInOf({ certificates }: { readonly certificates?: unknown }): SignInPolicy {
  return certificates === undefined ? DEFAULT_SIGN_IN : DEFAULT_WITH_CERTIFICATES
}

export function addressChangePolicyOf({ policies }: Pick<Tenant, 'policies'>): AddressChangePolicy {
  return policies.addressChange ?? DEFAULT_ADDRESS_CHANGE
}

export function passkeyPolicyOf({ policies }: Pick<Tenant, 'policies'>): PasskeyPolicy {
  return policies.passkeys ?? DEFAULT_PASSKEYS
}
