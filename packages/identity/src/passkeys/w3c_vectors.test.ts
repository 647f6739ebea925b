/** The test vectors of Web Authentication Level 3, section 16: `w3c_vectors.json` beside this file. */
import { X509Certificate } from 'node:crypto'
import type { PasskeyPolicy } from '@gatehouse/core/passkey_policy.ts'
import { DEFAULT_POLICIES, type Tenant } from '@gatehouse/core/tenant.ts'
import { describe, expect, test } from 'vitest'
import { verifyAssertion } from './assertion.ts'
import { isVouchedFor } from './attestation.ts'
import { verifyRegistration } from './registration.ts'
import vectors from './w3c_vectors.json' with { type: 'json' }
import { parseAssertion, parseAttestation, parseClientData } from './wire.ts'

const RP_ID = 'example.org'
const ROOT = new X509Certificate(Buffer.from(vectors.attestation_ca_cert, 'base64url')).toString()
const VERIFIED: PasskeyPolicy = { allowed: true, userVerification: 'preferred', attestation: 'direct', trustedRoots: [ROOT] }

/** COSE -35, -36 and -53 are not asked for, and not taken. */
const OTHER_ALGORITHMS = ['packed-es384', 'packed-es512', 'packed-ed448']
const WITHOUT_CERTIFICATE = [
  'none-es256',
  'packed-self-es256',
  'none-es256-crossOrigin',
  'none-es256-topOrigin',
  'none-es256-long-credential-id',
]
/** Stricter than the vectors are: what no real device would be refused for. */
const REFUSED: Readonly<Record<string, string>> = {
  // the vector's is 00000000, which the TCG gave to nobody
  'tpm-es256': 'Could not match TPM manufacturer',
  // devices send their root as the last; the vector has the leaf only
  'android-key-es256': 'validating certificate path',
  // FIDO asks for an AAGUID of zeros in this format, the vector has another
  'fido-u2f-es256': 'was not expected value',
}
const FRAMED = ['none-es256-crossOrigin', 'none-es256-topOrigin']

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

const responseOf = ({ credential_id, registration }: (typeof vectors.vectors)[number]) => {
  const { clientDataJSON, attestationObject } = registration
  const parsed = parseAttestation(
    JSON.stringify({ id: credential_id, type: 'public-key', response: { clientDataJSON, attestationObject } }),
  )
  if (parsed === undefined) throw new Error('a response that cannot be read')
  return parsed
}

describe.each(vectors.vectors)('$name', (vector) => {
  const { name, credential_id, registration, authentication } = vector
  const refused = OTHER_ALGORITHMS.includes(name) ? 'Unexpected public key alg' : REFUSED[name]

  test('registration: the statement, the chain, the client data', async () => {
    const context = contextOf(VERIFIED)

    const verified = await verifyRegistration(context, responseOf(vector), RP_ID, registration.challenge)

    expect(verified?.credential.id, context.refusals.join()).toBe(refused === undefined ? credential_id : undefined)
    expect(context.refusals.join()).toContain(refused ?? '')
    expect(isVouchedFor(context, registration.attestationObject), context.refusals.join()).toBe(!WITHOUT_CERTIFICATE.includes(name))
    expect(isVouchedFor(contextOf({ ...VERIFIED, trustedRoots: [] }), registration.attestationObject)).toBe(false)
    expect(parseClientData(registration.clientDataJSON)?.crossOrigin).toBe(FRAMED.includes(name))
  })

  test('registration with another challenge, at another RP id or with a byte changed is refused', async () => {
    const context = contextOf(VERIFIED)
    const response = responseOf(vector)
    const object = Buffer.from(response.attestationObject, 'base64url')
    const changed = Buffer.concat([object.subarray(0, -1), Buffer.from([(object.at(-1) ?? 0) ^ 1])]).toString('base64url')

    expect(await verifyRegistration(context, response, RP_ID, authentication.challenge)).toBeUndefined()
    expect(await verifyRegistration(context, response, 'example.com', registration.challenge)).toBeUndefined()
    if (!WITHOUT_CERTIFICATE.includes(name))
      expect(await verifyRegistration(context, { ...response, attestationObject: changed }, RP_ID, registration.challenge)).toBeUndefined()
  })
})

describe.each(vectors.vectors.filter(({ name }) => !OTHER_ALGORITHMS.includes(name)))('$name', (vector) => {
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
