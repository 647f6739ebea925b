/**
 * `/api/v1/me/credentials`: the person's second factors and recovery codes. Every change needs a fresh proof, and, of whoever has a second factor, one of that
 * (`core/factor_change.ts`): a password alone neither adds a factor beside the others nor takes one away.
 */
import type { Credential, PasskeyCredential, X509Credential } from '@gatehouse/core/credential.ts'
import { IamError } from '@gatehouse/core/error.ts'
import { FACTORS, isFactorKind, SECOND_FACTORS } from '@gatehouse/core/factor.ts'
import { type CredentialId, isId } from '@gatehouse/core/ids.ts'
import type { BegunCredential, MyCertificate, MyCredential, MyCredentials } from '@gatehouse/core/my_account.ts'
import { LONGEST_CREDENTIAL_NAME, remakeRecoveryCodes, removeCredential, renameCredential } from '@gatehouse/identity/credentials.ts'
import {
  beginSent,
  beginTotp,
  confirmEnrolment,
  type EnrollableKind,
  findAddressProblem,
  isEnrollable,
  resendEnrolment,
} from '@gatehouse/identity/enrolment.ts'
import type { SendOutcome } from '@gatehouse/identity/factors/factor_use.ts'
import { passkeyHost } from '@gatehouse/identity/passkeys/host.ts'
import { passkeySignals } from '@gatehouse/identity/passkeys/own_options.ts'
import { addToSession } from '@gatehouse/identity/session_proof.ts'
import { takesCertificates } from '@gatehouse/identity/sign_in_steps.ts'
import { qrCodeSvg } from '@gatehouse/pages/qr_code.tsx'
import type { HouseContext } from '../house.ts'
import { pageLocale } from '../page.ts'
import { iso } from './iso.ts'
import { type JsonObject, readJson, textOf } from './json_body.ts'
import { checkSure, requireSignedIn, requireWriter, type SignedIn } from './signed_in.ts'

const OFFERED: readonly MyCredentials['offered'][number][] = ['passkey', 'totp', 'email_otp', 'sms_otp', 'x509']

export async function readCredentials(c: HouseContext): Promise<Response> {
  const { here, user } = await requireSignedIn(c)
  const credentials = await here.stores.credentials.list(user.id, { consistent: true })
  const count = (of: MyCredentials['offered'][number]) => credentials.filter(({ kind }) => kind === of).length
  const works = (kind: MyCredentials['offered'][number]) =>
    kind === 'passkey' ? passkeyHost(here) !== undefined : kind !== 'x509' || takesCertificates(here)
  const offered = OFFERED.filter((kind) => count(kind) < FACTORS[kind].most && works(kind))
  const kinds = new Set<string>(credentials.map(({ kind }) => kind))
  const pushOffered = !kinds.has('push') && SECOND_FACTORS.some((kind) => kind !== 'password' && kinds.has(kind))
  return c.json({
    items: credentials.map(shown),
    offered,
    pushOffered,
    passkeySignals: passkeySignals(here, user, credentials),
  } satisfies MyCredentials)
}

export async function beginCredential(c: HouseContext): Promise<Response> {
  const { signedIn, kind, body } = await readChange(c)
  const { here, session, user } = signedIn
  if (kind === 'totp') {
    const { sealed, key, uri } = await beginTotp(here, user, session.id)
    return c.json({ enrolment: sealed, totp: { key, uri, qr: qrCodeSvg(uri) }, address: undefined } satisfies BegunCredential)
  }
  const address = textOf(body, 'address') ?? ''
  const problem = findAddressProblem(kind, address)
  if (problem !== undefined) throw refusal('address', problem)
  const begun = await beginSent(here, user, kind, address, session.id, { locale: localeOf(c, signedIn) })
  checkSent(begun.outcome)
  return c.json({ enrolment: begun.sealed, totp: undefined, address: begun.address } satisfies BegunCredential)
}

export async function resendCode(c: HouseContext): Promise<Response> {
  const { signedIn, body } = await readChange(c)
  const { here, session, user } = signedIn
  const sealed = textOf(body, 'enrolment') ?? ''
  const outcome = await resendEnrolment(here, user, session.id, sealed, { locale: localeOf(c, signedIn) })
  if (outcome === undefined) throw expired()
  checkSent(outcome)
  return c.body(null, 204)
}

export async function confirmCredential(c: HouseContext): Promise<Response> {
  const { signedIn, body } = await readChange(c)
  const { here, session, user } = signedIn
  const text = textOf(body, 'otp') ?? ''
  if (text.trim() === '') throw refusal('otp', 'required')
  const outcome = await confirmEnrolment(here, user, {
    boundTo: session.id,
    sealed: textOf(body, 'enrolment') ?? '',
    text,
    name: nameOf(body),
  })
  if (outcome.kind === 'expired') throw expired()
  if (outcome.kind === 'wrong') throw refusal('otp', 'code_wrong')
  await addToSession(here, session, outcome.credential.kind)
  return c.json(shown(outcome.credential), 201)
}

export async function makeRecoveryCodes(c: HouseContext): Promise<Response> {
  const signedIn = await requireWriter(c)
  checkSure(signedIn)
  return c.json({ codes: await remakeRecoveryCodes(signedIn.here, signedIn.user.id) }, 201)
}

export async function changeCredential(c: HouseContext): Promise<Response> {
  const { here, user } = await requireWriter(c)
  await renameCredential(here, user.id, idOf(c), nameOf(await readJson(c)))
  return c.body(null, 204)
}

export async function deleteCredential(c: HouseContext): Promise<Response> {
  const signedIn = await requireWriter(c)
  checkSure(signedIn)
  await removeCredential(signedIn.here, signedIn.user.id, idOf(c))
  return c.body(null, 204)
}

async function readChange(c: HouseContext): Promise<{ signedIn: SignedIn; kind: EnrollableKind; body: JsonObject }> {
  const signedIn = await requireWriter(c)
  const kind = c.req.param('kind')
  if (!isFactorKind(kind) || !isEnrollable(kind)) throw new IamError('not_found', `there is no such kind; there are ${OFFERED.join(', ')}`)
  checkSure(signedIn)
  return { signedIn, kind, body: await readJson(c) }
}

function idOf(c: HouseContext): CredentialId {
  const id = c.req.param('id')
  if (!isId('crd', id)) throw new IamError('not_found', 'you have no such factor')
  return id
}

export function nameOf(body: JsonObject): string {
  const name = (textOf(body, 'name') ?? '').trim()
  if (name.length > LONGEST_CREDENTIAL_NAME) throw refusal('name', 'too_long')
  if (/[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u.test(name)) throw refusal('name', 'invalid')
  return name
}

function checkSent(outcome: SendOutcome): void {
  if (outcome.kind === 'sent') return
  const retryAfterSeconds = outcome.kind === 'wait' ? outcome.seconds : 3600
  throw new IamError('too_many_requests', 'enough codes were sent; wait a little', { retryAfterSeconds })
}

function localeOf(c: HouseContext, { user }: SignedIn): string {
  return pageLocale(c, [user.locale ?? ''])
}

function expired(): IamError {
  return new IamError('gone', 'this took too long, or the code is good no more; begin again')
}

function refusal(field: string, code: string): IamError {
  return new IamError('validation_failed', 'the factor was not added', { fields: { [field]: code } })
}

function passkeyFacts({ backupEligible, copySuspectedAt }: PasskeyCredential): Pick<MyCredential, 'synced' | 'copySuspectedAt'> {
  return { synced: backupEligible, ...(copySuspectedAt === undefined ? {} : { copySuspectedAt: iso(copySuspectedAt) }) }
}

type CertificateFacts = Pick<X509Credential, 'thumbprint' | 'subject' | 'issuer' | 'validUntil' | 'selfSigned'>

export function certificateFacts({ thumbprint, subject, issuer, validUntil, selfSigned }: CertificateFacts): MyCertificate {
  return { thumbprint, subject, issuer, validUntil: iso(validUntil), selfSigned }
}

export function shown(credential: Credential): MyCredential {
  const { id, kind, name, createdAt, lastUsedAt } = credential
  return {
    id,
    kind,
    name,
    address: 'address' in credential ? credential.address : undefined,
    ...(kind === 'passkey' ? passkeyFacts(credential) : {}),
    ...(kind === 'x509' ? { certificate: certificateFacts(credential) } : {}),
    left: 'left' in credential ? credential.left : undefined,
    createdAt: iso(createdAt),
    lastUsedAt: lastUsedAt === undefined ? undefined : iso(lastUsedAt),
  }
}
