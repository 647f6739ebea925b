/** What a person has to prove who they are with, besides the password: one item each, with what makes its use single. Times in seconds since the epoch. */
import type { CredentialId } from './ids.ts'

type Kept = {
  readonly id: CredentialId
  /** What the person calls it. */
  readonly name: string
  readonly createdAt: number
  readonly lastUsedAt?: number
}

/** RFC 6238. `sealedSecret` by `KeyVault`; `lastStep`: the latest time step that was accepted, and with it all before. */
export type TotpCredential = Kept & { readonly kind: 'totp'; readonly sealedSecret: string; readonly lastStep: number }
/** Codes go to this address, which was proven by one: it is not the profile's, which may change. */
export type EmailOtpCredential = Kept & { readonly kind: 'email_otp'; readonly address: string }
/** E.164. */
export type SmsOtpCredential = Kept & { readonly kind: 'sms_otp'; readonly address: string }
/** How many are left; their hashes are the store's. */
export type RecoveryCodes = Kept & { readonly kind: 'recovery_code'; readonly left: number }

/** WebAuthn Level 3, section 4, "credential record". Texts of bytes are base64url. */
export type PasskeyCredential = Kept & {
  readonly kind: 'passkey'
  /** The credential id that the authenticator gave. */
  readonly webauthnId: string
  /** COSE_Key. */
  readonly publicKey: string
  readonly signCount: number
  /** How the browser may reach it: `internal`, `hybrid`, `usb` ... */
  readonly transports: readonly string[]
  /** The model, as it calls itself; zeros where it keeps that back. */
  readonly aaguid: string
  /** The exact host at which it was made, and works. */
  readonly rpId: string
  /** It may be copied to other devices of the person; and has been. */
  readonly backupEligible: boolean
  readonly backedUp: boolean
  /** Its model was proven by a certificate that the tenant trusts. */
  readonly attested: boolean
  /** When somebody came with what looks like a copy of it. */
  readonly copySuspectedAt?: number
  /** Mark of a challenge that was spent on it -> until when (seconds since the epoch) that would be good. */
  readonly spent: Readonly<Record<string, number>>
}

/** A client certificate that the person has shown: RFC 5280. Its names are for the person to recognise it by. */
export type X509Credential = Kept & {
  readonly kind: 'x509'
  /** SHA-256 of the DER, base64url: `x5t#S256` of RFC 8705 section 3.1. */
  readonly thumbprint: string
  /** RFC 4514. */
  readonly subject: string
  readonly issuer: string
  readonly validUntil: number
  /** Nobody vouches for it. */
  readonly selfSigned: boolean
}

/** My Account approves sign-ins (`core/push.ts`): nothing is stored of it but that the person wants it. */
export type PushCredential = Kept & { readonly kind: 'push' }

export type Credential =
  | PasskeyCredential
  | TotpCredential
  | EmailOtpCredential
  | SmsOtpCredential
  | RecoveryCodes
  | X509Credential
  | PushCredential

export type CredentialKind = Credential['kind']

/** Can it prove anything at the moment? */
export function isUsable(credential: Credential): boolean {
  return credential.kind !== 'recovery_code' || credential.left > 0
}

/** Where a code goes, as it may be shown to whoever gave the password: enough to recognise, too little to learn. */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@')
  if (at > 0) return `${address.slice(0, 1)}•••${address.slice(at)}`
  return `${address.slice(0, 3)} ••• ${address.slice(-2)}`
}
