/** The test vectors of Web Authentication Level 3, section 16: `w3c_vectors.json` beside this file. */
import { X509Certificate } from 'node:crypto'
import type { PasskeyPolicy } from '@gatehouse/core/passkey_policy.ts'
import { DEFAULT_POLICIES, type Tenant } from '@gatehouse/core/tenant.ts'
import { decodeAttestationObject, isoCBOR, parseAuthenticatorData } from '@simplewebauthn/server/helpers'
import { describe, expect, test } from 'vitest'
import { verifyAssertion } from './assertion.ts'
import { findVouchedModel } from './attestation.ts'
import { verifyRegistration } from './registration.ts'
import { checkStatement } from './statements/check_statement.ts'
import vectors from './w3c_vectors.json' with { type: 'json' }
import { type AttestationResponse, parseAssertion, parseAttestation, parseClientData } from './wire.ts'

type Vector = (typeof vectors.vectors)[number]

const RP_ID = 'example.org'
const ROOT = new X509Certificate(Buffer.from(vectors.attestation_ca_cert, 'base64url')).toString()
const VERIFIED: PasskeyPolicy = { allowed: true, userVerification: 'preferred', attestation: 'direct', trustedRoots: [ROOT] }
const STRIDE = 5
const NO_MODEL = '00000000-0000-0000-0000-000000000000'

/** COSE -53, which nobody is asked for: section 7.1 step 20 has whoever comes with it refused. The statement is right all the same. */
const NOT_ASKED_FOR = ['packed-ed448']
const WITHOUT_CERTIFICATE = [
  'none-es256',
  'packed-self-es256',
  'none-es256-crossOrigin',
  'none-es256-topOrigin',
  'none-es256-long-credential-id',
]
const FRAMED = ['none-es256-crossOrigin', 'none-es256-topOrigin']
/** Signs neither its model nor its flags and counter: section 8.6. */
const WITHOUT_MODEL = ['fido-u2f-es256']

function contextOf(passkeys: PasskeyPolicy) {
  const refusals: string[] = []
  const tenant: Tenant = {
    id: 'main',
    display_name: 'Main',
    locales: [],
    branding: {},
    policies: { ...DEFAULT_POLICIES, passkeys },
    privacyPolicy: { version: '1', title: '', text: '', publishedAt: '' },
    active: true,
    createdAt: '',
    version: 1,
  }
  const log = { write: (_: string, __: string, fields: object = {}) => void refusals.push(JSON.stringify(fields)) }
  return { tenant, origin: `https://${RP_ID}`, clock: { now: () => Date.UTC(2026, 5, 1) }, log, refusals }
}

const responseOf = ({ credential_id, registration }: Vector): AttestationResponse => {
  const { clientDataJSON, attestationObject } = registration
  const parsed = parseAttestation(
    JSON.stringify({ id: credential_id, type: 'public-key', response: { clientDataJSON, attestationObject } }),
  )
  if (parsed === undefined) throw new Error('a response that cannot be read')
  return parsed
}

const modelOf = ({ registration: { attestationObject } }: Vector) => {
  const bytes = Buffer.from(parseAuthenticatorData(decoded(attestationObject).get('authData')).aaguid ?? []).toString('hex')
  return bytes.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function decoded(attestationObject: string) {
  return decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url')))
}

describe.each(vectors.vectors)('$name', (vector) => {
  const { name, credential_id, registration, authentication } = vector

  test('registration: the client data, the authenticator’s data', async () => {
    const context = contextOf(VERIFIED)

    const verified = await verifyRegistration(context, responseOf(vector), RP_ID, registration.challenge)

    expect(verified?.credential.id, context.refusals.join()).toBe(NOT_ASKED_FOR.includes(name) ? undefined : credential_id)
    expect(context.refusals.join()).toContain(NOT_ASKED_FOR.includes(name) ? 'Unexpected public key alg' : '')
    expect(parseClientData(registration.clientDataJSON)?.crossOrigin).toBe(FRAMED.includes(name))
  })

  test('registration: the statement is right, and its model is vouched for where the tenant trusts the root', () => {
    const context = contextOf(VERIFIED)
    const model = WITHOUT_MODEL.includes(name) ? NO_MODEL : modelOf(vector)
    const vouched = WITHOUT_CERTIFICATE.includes(name) ? undefined : model

    expect(checkStatement(registration.attestationObject, registration.clientDataJSON).fmt).toBe(name.split(/-(?:self-)?(?:es|rs|ed)/)[0])
    expect(findVouchedModel(context, registration), context.refusals.join()).toBe(vouched)
    expect(findVouchedModel(contextOf({ ...VERIFIED, aaguids: [model] }), registration)).toBe(vouched)
    expect(findVouchedModel(contextOf({ ...VERIFIED, aaguids: ['2fc0579f-8113-47ea-b116-bb5a8db9202a'] }), registration)).toBeUndefined()
    expect(findVouchedModel(contextOf({ ...VERIFIED, trustedRoots: [] }), registration)).toBeUndefined()
  })

  test('registration with another challenge or at another RP id is refused, and so is a statement for another', async () => {
    const context = contextOf(VERIFIED)
    const response = responseOf(vector)
    const other = vectors.vectors.find((one) => one.name !== name)?.registration.clientDataJSON ?? ''

    expect(await verifyRegistration(context, response, RP_ID, authentication.challenge)).toBeUndefined()
    expect(await verifyRegistration(context, response, 'example.com', registration.challenge)).toBeUndefined()
    expect(findVouchedModel(context, { ...response, clientDataJSON: other })).toBeUndefined()
  })
})

/** The last byte string of the object, and in it of the key, may say to be longer than what there is: the reader takes what there is, so nothing is said otherwise. */
const lengthsAtTheEnd = (object: Buffer, authData: number) => [authData - 2, authData - 1, object.length - 33]

/** Where a changed byte is nobody's lie, or nobody's whose word the format takes: a U2F key signs neither flags and counter, nor the model. */
function unsigned({ name, registration: { attestationObject } }: Vector, object: Buffer): readonly number[] {
  const authData = object.indexOf(decoded(attestationObject).get('authData'))
  if (!WITHOUT_MODEL.includes(name)) return lengthsAtTheEnd(object, authData).slice(0, 2)
  const [flags, model] = [authData + 32, authData + 37]
  return [...lengthsAtTheEnd(object, authData), ...Array.from({ length: 5 + 16 }, (_, at) => (at < 5 ? flags + at : model + at - 5))]
}

describe.each(vectors.vectors.filter(({ name }) => !WITHOUT_CERTIFICATE.includes(name) || name === 'packed-self-es256'))(
  '$name',
  (vector) => {
    const { name, registration } = vector
    const holds = (attestationObject: string, clientDataJSON = registration.clientDataJSON) => {
      if (name !== 'packed-self-es256') return findVouchedModel(contextOf(VERIFIED), { attestationObject, clientDataJSON }) !== undefined
      try {
        return checkStatement(attestationObject, clientDataJSON).fmt === 'packed'
      } catch {
        // what cannot be read holds as little as what is wrong
        return false
      }
    }

    // Every fifth, each vector from another on: all of them are four times as long.
    test('with any of its bytes changed, it vouches for nothing', () => {
      const object = Buffer.from(registration.attestationObject, 'base64url')
      const free = unsigned(vector, object)
      const held: number[] = []
      for (let at = vectors.vectors.indexOf(vector) % STRIDE; at < object.length; at += STRIDE) {
        const changed = Buffer.from(object)
        changed[at] = (object[at] ?? 0) ^ 1
        if (!free.includes(at) && holds(changed.toString('base64url'))) held.push(at)
      }

      expect(holds(registration.attestationObject)).toBe(true)
      expect(held).toEqual([])
    })

    test('without any one of its entries, it vouches for nothing', () => {
      const { fmt, attStmt, authData } = entriesOf(registration.attestationObject)
      for (const missing of attStmt.keys()) {
        const rest = new Map([...attStmt].filter(([key]) => key !== missing))
        const object = new Map<string, unknown>([
          ['fmt', fmt],
          ['attStmt', rest],
          ['authData', authData],
        ])
        expect(holds(Buffer.from(isoCBOR.encode(object as never)).toString('base64url')), missing).toBe(false)
      }
    })
  },
)

function entriesOf(attestationObject: string) {
  const object = decoded(attestationObject)
  const attStmt: unknown = object.get('attStmt')
  if (!(attStmt instanceof Map)) throw new Error('no statement')
  return { fmt: object.get('fmt'), attStmt: attStmt as Map<string, unknown>, authData: object.get('authData') }
}

describe.each(vectors.vectors.filter(({ name }) => !NOT_ASKED_FOR.includes(name)))('$name', (vector) => {
  const { name, credential_id, registration, authentication } = vector

  test('authentication: right as it is, wrong with anything else', async () => {
    const { challenge, ...given } = authentication
    const context = contextOf({ ...VERIFIED, attestation: 'none' })
    const made = await verifyRegistration(context, responseOf(vector), RP_ID, registration.challenge)
    const publicKey = Buffer.from(made?.credential.publicKey ?? []).toString('base64url')
    const assertion = parseAssertion(JSON.stringify({ id: credential_id, type: 'public-key', response: given }))
    if (assertion === undefined) throw new Error('an assertion that cannot be read')
    const ceremony = { assertion, rpId: RP_ID, challenge, requireUserVerification: false }

    const isFramed = name === 'none-es256-topOrigin'

    const verified = await verifyAssertion(context, ceremony, { publicKey })

    expect(verified?.signCount, context.refusals.join()).toEqual(isFramed ? undefined : expect.any(Number))
    expect(await verifyAssertion(context, { ...ceremony, challenge: registration.challenge }, { publicKey })).toBeUndefined()
    expect(await verifyAssertion(context, { ...ceremony, rpId: 'example.com' }, { publicKey })).toBeUndefined()
    expect(await verifyAssertion(context, ceremony, undefined)).toBeUndefined()
  })
})
