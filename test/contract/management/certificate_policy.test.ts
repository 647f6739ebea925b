/** Client certificates, by the management API: what is no authority's is refused with a sentence, and a dry run says whether any are taken. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { directoryBelow, extension, makeAuthority, makeCertificate, makeList, SERVERS } from '../../fixture/certificates.ts'
import { type Body, type ManagementHouse, openManagementHouse } from './management_house.ts'

let house: ManagementHouse
let admin: string
const root = makeAuthority({ cn: 'People' })

beforeEach(async () => {
  house = await openManagementHouse()
  admin = await house.administratorToken()
  await house.addPerson('jo', [])
})
afterEach(() => house.close())

const put = (certificates: unknown, signIn?: unknown) =>
  house.api(admin, 'PUT', '/tenant', { display_name: 'Main', policies: { certificates, ...(signIn === undefined ? {} : { signIn }) } })

test('a policy is stored with its defaults, and answered as it is', async () => {
  const { status, body } = await put({ authorities: [root.pem], revocation: { lists: [makeList(root, []).pem] } })

  expect(status).toBe(200)
  expect((body.policies as Body).certificates).toEqual({
    authorities: [root.pem],
    names: ['enrolled'],
    selfSigned: false,
    smartCards: false,
    revocation: { ask: 'crl', lists: [expect.stringContaining('X509 CRL')], responders: [], ifUnavailable: 'refuse' },
  })
  expect((await put((body.policies as Body).certificates)).status).toBe(200)
})

const SOON = new Date(Date.UTC(2025, 6, 1))

test.each<readonly [string, () => unknown, string, RegExp]>([
  [
    'a person’s certificate',
    () => ({ authorities: [makeCertificate({ by: root }).pem] }),
    'authorities/0',
    /CN=Somebody is not the certificate of an authority/,
  ],
  [
    'one that has expired',
    () => ({ authorities: [root.pem, makeAuthority({ cn: 'Old', until: SOON }).pem] }),
    'authorities/1',
    /CN=Old expired at 2025-07-01/,
  ],
  [
    'one that signs no certificates',
    () => ({ authorities: [makeAuthority({ keyUsage: 0x02 }).pem] }),
    'authorities/0',
    /may not sign certificates/,
  ],
  ['one for servers', () => ({ authorities: [makeAuthority({ use: [SERVERS] }).pem] }), 'authorities/0', /other uses only/],
  [
    'one that asks for policies',
    () => ({ authorities: [makeAuthority({ more: [extension('2.5.29.36', Buffer.from([0x30, 0]), true)] }).pem] }),
    'authorities/0',
    /2\.5\.29\.36/,
  ],
  ['the same twice', () => ({ authorities: [root.pem, root.pem] }), 'authorities/1', /stands twice/],
  [
    'rubbish in PEM',
    () => ({ authorities: ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'] }),
    'authorities/0',
    /cannot be read/,
  ],
  ['rubbish', () => ({ authorities: ['AAAA'] }), 'authorities/0', /in PEM/],
  ['thirteen', () => ({ authorities: Array.from({ length: 13 }, () => root.pem) }), 'authorities', /./],
  ['none at all', () => ({}), 'authorities', /no certificate is taken/],
  ['names that nobody vouches for', () => ({ selfSigned: true, names: ['enrolled', 'email'] }), 'names', /anybody can write email/],
  [
    'own certificates that name nobody',
    () => ({ authorities: [root.pem], selfSigned: true, names: ['email'] }),
    'selfSigned',
    /as enrolled only/,
  ],
  [
    'a list that is none',
    () => ({ authorities: [root.pem], revocation: { lists: ['-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n'] } }),
    'revocation/lists/0',
    /cannot be used/,
  ],
  [
    'an address of another kind',
    () => ({ authorities: [root.pem], revocation: { lists: ['file:///etc/passwd'] } }),
    'revocation/lists/0',
    /address/,
  ],
  [
    'a responder of another kind',
    () => ({ authorities: [root.pem], revocation: { ask: 'ocsp', responders: ['ldap://pki.example.org'] } }),
    'revocation/responders/0',
    /address/,
  ],
  [
    'a responder that nobody asks',
    () => ({ authorities: [root.pem], revocation: { responders: ['http://ocsp.example.org'] } }),
    'revocation/responders',
    /where ask is crl/,
  ],
  [
    'a list that nobody reads',
    () => ({ authorities: [root.pem], revocation: { ask: 'ocsp', lists: [makeList(root, []).pem] } }),
    'revocation/lists',
    /ocsp_then_crl does both/,
  ],
  ['another way of asking', () => ({ authorities: [root.pem], revocation: { ask: 'stapling' } }), 'revocation/ask', /./],
  [
    'a list of changes',
    () => ({
      authorities: [root.pem],
      revocation: { lists: [makeList(root, [], { more: [extension('2.5.29.27', Buffer.from([2, 1, 1]), true)] }).pem] },
    }),
    'revocation/lists/0',
    /a delta CRL/,
  ],
])('%s is refused with a sentence', async (_, certificates, pointer, sentence) => {
  const { status, body } = await put(certificates())

  expect(status).toBe(422)
  const [error] = (body.errors as Body[]).filter((one) => one.pointer === `/policies/certificates/${pointer}`)
  expect(String(error?.detail)).toMatch(sentence)
})

test('an authority with constraints that are understood is taken', async () => {
  expect(
    (await put({ authorities: [makeAuthority({ pathLength: 0, permitted: [directoryBelow([['2.5.4.10', 'Acme']])] }).pem] })).status,
  ).toBe(200)
})

test('a dry run says whether any are taken, what one counts for, and who can begin with one', async () => {
  const steps = [{ anyOf: ['x509', 'password'] }, { anyOf: ['x509', 'totp'], ifNotEnrolled: 'refuse' }]
  const run = async () => (await house.api(admin, 'POST', '/sign-in/dry-run', { userName: 'jo', policy: { steps } })).body

  expect(await run()).toMatchObject({
    certificates: 'no_policy',
    asks: [{ ask: 'identify', choices: ['password'] }],
    outcome: 'access_denied',
  })
  await put({ authorities: [root.pem], names: ['subject_cn'] })
  expect(await run()).toMatchObject({
    certificates: 'taken',
    asks: [{ choices: ['x509', 'password'] }],
    amr: ['pop'],
    outcome: 'access_denied',
  })
  await put({ authorities: [root.pem], names: ['subject_cn'], smartCards: true })
  expect(await run()).toMatchObject({ certificates: 'taken', amr: ['pop', 'mfa'], outcome: 'signed_in' })
  Object.assign(house.house.addresses, { certificateOrigin: undefined })
  expect(await run()).toMatchObject({ certificates: 'no_host', asks: [{ choices: ['password'] }] })
  expect(
    (await house.api(admin, 'POST', '/sign-in/dry-run', { userName: 'jo', policy: { steps: [{ anyOf: ['password'] }] } })).body,
  ).not.toHaveProperty('certificates')
})

test('nobody locks themselves out: a policy that begins with certificates needs one that names whoever writes it', async () => {
  await house.addPerson('boss', ['tenant-admin'])
  const boss = await house.signIn('boss')
  const apply = async (certificates: unknown) => {
    const policies = { certificates, signIn: { steps: [{ anyOf: ['x509'] }] } }
    return (await house.api(boss, 'PUT', '/tenant', { display_name: 'Main', policies })).status
  }

  expect(await apply({ authorities: [root.pem] })).toBe(409)
  expect(await apply({ authorities: [root.pem], names: ['subject_cn'] })).toBe(200)
  expect(await apply(undefined)).toBe(409)
})
