/** What `/api/v1/me` and My Account say to each other: JSON shapes, shared by the routes (`http/account`, `http/approve`) and the portal. Times are ISO 8601. */
import type { AddressChannel, AddressEnd } from './address_change.ts'
import type { Outcome, Verdict } from './approval/request.ts'
import type { CredentialKind } from './credential.ts'
import type { FactorKind } from './factor.ts'
import type { BrowserId, CredentialId, RequestId, SessionId, UserId } from './ids.ts'
import type { Locale } from './locale.ts'
import type { ShownPlace } from './place.ts'
import type { PushId } from './push.ts'
import type { SessionRisk } from './session.ts'
import type { Branding, PasswordRules } from './tenant.ts'

/** `undeliverable`: we do not write to it: mail came back, or was called unwanted. Which of the two is not told: the address may be another's. */
export type MyAddress = { readonly value: string; readonly verified: boolean; readonly undeliverable?: boolean }

export type MyProfile = {
  readonly id: UserId
  readonly userName: string
  /** What the person is called on a page. */
  readonly shownName: string
  readonly givenName: string
  readonly familyName: string
  readonly email: MyAddress | undefined
  readonly phoneNumber: MyAddress | undefined
  readonly locale: string | undefined
  readonly timezone: string | undefined
  readonly createdAt: string
  readonly updatedAt: string
  /** Sent back as `If-Match: "<version>"`. */
  readonly version: number
}

export type Me = {
  readonly profile: MyProfile
  /** `sureUntil`: until when the password and the factors may be changed without another proof; may be past. */
  readonly session: { readonly id: SessionId; readonly signedInAt: string; readonly expiresAt: string; readonly sureUntil: string }
  readonly tenant: { readonly id: string; readonly displayName: string; readonly branding: Branding; readonly locales: readonly Locale[] }
  readonly passwordPolicy: PasswordRules
  /** Told when it is near: the password must be replaced by then. */
  readonly passwordExpiresAt: string | undefined
  /** Until then the tenant lets nobody choose another one here; absent: it may be changed. */
  readonly passwordKeptUntil: string | undefined
  /** They came in by their password, and could make a passkey, which they have not yet. */
  readonly offersPasskey: boolean
  /** Sign-ins elsewhere may wait for this person. */
  readonly approvesSignIns: boolean
  /** Sent back as `x-csrf-token` with every write. */
  readonly csrfToken: string
}

/** `PATCH /me`: only what is named is changed; an empty text takes the value away. */
export type ProfileChange = { readonly [K in ProfileField]?: string }
export const PROFILE_FIELDS = ['given_name', 'family_name', 'locale', 'timezone'] as const
export type ProfileField = (typeof PROFILE_FIELDS)[number]

/** A change of the e-mail address or phone number that waits for its codes: `/me/address-changes`. */
export type MyAddressChange = {
  readonly channel: AddressChannel
  readonly address: string
  /** Which codes are still to be typed. */
  readonly due: readonly AddressEnd[]
  readonly startedAt: string
  readonly expiresAt: string
}

export type PasswordChange = { readonly current_password: string; readonly new_password: string }

/** A second factor of the person's own, or their recovery codes. */
export type MyCredential = {
  readonly id: CredentialId
  readonly kind: CredentialKind
  /** What the person calls it; may be empty. */
  readonly name: string
  readonly address: string | undefined
  /** Recovery codes that were not used yet. */
  readonly left: number | undefined
  /** Of a passkey: it may be on several devices of the person, and somebody came with what looks like a copy of it. */
  readonly synced?: boolean
  readonly copySuspectedAt?: string
  readonly certificate?: MyCertificate
  readonly createdAt: string
  readonly lastUsedAt: string | undefined
}

/** What a person recognises a certificate by. */
export type MyCertificate = {
  /** SHA-256, base64url. */
  readonly thumbprint: string
  readonly subject: string
  readonly issuer: string
  readonly validUntil: string
  /** Nobody vouches for it. */
  readonly selfSigned: boolean
}

export type EnrollableKind = Exclude<CredentialKind, 'recovery_code' | 'push'>

/** Those that are added by a first code. */
export type CodeKind = Exclude<EnrollableKind, 'passkey' | 'x509'>

/** `offered`: what may be added. */
export type MyCredentials = {
  readonly items: readonly MyCredential[]
  readonly offered: readonly EnrollableKind[]
  /** Approvals in My Account may be switched on: there is another second factor, and they are not on yet. */
  readonly pushOffered: boolean
  /** For those who keep the person's passkeys; absent where passkeys are not used. */
  readonly passkeySignals: PasskeySignals | undefined
}

/** What is true now of the person's passkeys at this address, in the words of WebAuthn Level 3 section 5.1.10. */
export type PasskeySignals = {
  readonly rpId: string
  readonly userId: string
  readonly allAcceptedCredentialIds: readonly string[]
  readonly name: string
  readonly displayName: string
}

/** This browser, which is woken when a sign-in elsewhere waits, or not. `applicationServerKey`: W3C Push API section 6. */
export type MyPushSubscription = { readonly applicationServerKey: string; readonly isOn: boolean }

/** Sign-ins elsewhere that wait for approval. `mayApprove`: this session proved a second factor of its own, not long ago. */
export type MySignInRequests = {
  readonly items: readonly {
    readonly id: PushId
    /** The one that the other page shows, among others. */
    readonly numbers: readonly string[]
    readonly applicationName: string | undefined
    readonly browser: string | undefined
    readonly system: string | undefined
    readonly ip: string | undefined
    readonly place: ShownPlace | undefined
    readonly askedAt: string
    readonly expiresAt: string
  }[]
  readonly mayApprove: boolean
}

/** Sent back, with the first code, to `POST /credentials/{kind}`. */
export type BegunCredential = {
  readonly enrolment: string
  /** Of an authenticator app: base32, the same as an address, and as a picture in SVG. */
  readonly totp: { readonly key: string; readonly uri: string; readonly qr: string } | undefined
  /** Where the code went. */
  readonly address: string | undefined
}

/** `options` for `navigator.credentials.create`, its bytes as base64url; the answer goes to `POST /credentials/passkey`. */
export type BegunPasskey = { readonly options: object }

/** `passkey`: the answer of the browser, as JSON in a text. */
export type PasskeyConfirmation = { readonly passkey: string; readonly name: string }

/** `href`: where the browser shows one. It comes back to `/account/security` with what is then sent as `proof`. */
export type BegunCertificate = { readonly href: string }

export type CertificateConfirmation = { readonly proof: string; readonly name: string }

export type CredentialConfirmation = { readonly enrolment: string; readonly otp: string; readonly name: string }

export type MySession = {
  readonly id: SessionId
  readonly current: boolean
  readonly browser: string | undefined
  readonly system: string | undefined
  readonly ip: string
  /** Where that is, as far as it is known. */
  readonly place: ShownPlace | undefined
  /** By what the person proved who they are. */
  readonly proven: readonly FactorKind[]
  /** Where the tenant looks at risk: what was seen then. */
  readonly risk: SessionRisk | undefined
  readonly signedInAt: string
  readonly expiresAt: string
  /** The application that the person signed in for; absent for My Account. */
  readonly applicationName: string | undefined
}

/** Where the person is not asked for a further factor. */
export type MyRememberedBrowser = {
  readonly id: BrowserId
  readonly current: boolean
  readonly browser: string | undefined
  readonly system: string | undefined
  readonly ip: string
  readonly rememberedAt: string
  readonly until: string
  readonly lastUsedAt: string
}

export type MyConsent = {
  readonly clientId: string
  readonly applicationName: string
  readonly logoUri: string | undefined
  readonly clientUri: string | undefined
  readonly policyUri: string | undefined
  readonly purpose: string | undefined
  readonly scopes: readonly string[]
  /** Claim names that are shared. */
  readonly claims: readonly string[]
  /** Claim names that the person kept back. */
  readonly declined: readonly string[]
  readonly grantedAt: string
  readonly updatedAt: string
}

export type ShownState = 'waiting' | Outcome
export type ShownPerson = { readonly id: UserId | undefined; readonly name: string }
export type ShownDecision = {
  readonly verdict: Verdict
  readonly by: ShownPerson
  readonly at: string
  readonly comment: string | undefined
}

export type ShownStep = {
  /** From 0, as in the request. */
  readonly level: number
  readonly name: string
  /** Names of the roles and persons who may decide it. */
  readonly approvers: readonly string[]
  /** `not_reached`: the request ended before. */
  readonly state: 'to_come' | 'waiting' | 'approved' | 'rejected' | 'expired' | 'not_reached'
  /** Nobody can decide it at the moment. */
  readonly unassigned: boolean
  readonly claimedBy: ShownPerson | undefined
  readonly decision: ShownDecision | undefined
}

/** A task as its list shows it. */
export type TaskSummary = {
  readonly requestId: RequestId
  readonly operation: string
  readonly requester: ShownPerson
  readonly askedAt: string
  /** The level that this task is (or was) about, from 0. */
  readonly level: number
  readonly levels: number
  /** Of the whole request. */
  readonly state: ShownState
  readonly claimedBy: ShownPerson | undefined
  readonly claimedByMe: boolean
  /** What this person decided, in the list of decided ones. */
  readonly decision: ShownDecision | undefined
}

export type TaskAction = 'claim' | 'release' | 'approve' | 'reject'

/** `POST /me/approvals/{requestId}/{action}`: the level is named, so that a view that has grown old decides nothing else. */
export type TaskActionBody = { readonly level: number; readonly comment?: string }

/** The whole request, as someone who may decide it, decided it, or made it sees it. */
export type RequestDetail = TaskSummary & {
  readonly workflow: string
  /** Field name and value, in the order in which they were asked; empty once the personal data was erased. */
  readonly data: readonly { readonly name: string; readonly value: string }[]
  readonly steps: readonly ShownStep[]
  /** What this person may do now. */
  readonly may: readonly TaskAction[]
}

export type MyRequest = Pick<RequestDetail, 'requestId' | 'operation' | 'askedAt' | 'level' | 'levels' | 'state' | 'workflow' | 'steps'> & {
  readonly finishedAt: string | undefined
}

export type ListOf<T> = { readonly items: readonly T[]; readonly cursor?: string }

/** RFC 9457, as our routes answer a refusal. */
export type ProblemDocument = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[]
}
