/** A certificate becomes somebody's: what is not added, from whom, how one goes again, and what it counts for. */
import { removeCredential } from '@gatehouse/identity/credentials.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  addCertificate,
  type CertificateHouse,
  leadFrom,
  openCertificateHouse,
  shownInMyAccount,
  signInByCertificate,
} from '../fixture/certificate_house.ts'
import { type Made, makeAuthority, makeCertificate, thumbprint } from '../fixture/certificates.ts'
import { codeFrom } from '../fixture/factor_house.ts'
import { askerOf, atMyAccount } from '../fixture/passkey_house.ts'
import { signIn } from '../fixture/sign_in_house.ts'

const OTHER = 'a walk in the dark 9'
let house: CertificateHouse
let card: Made

beforeEach(async () => {
  house = await openCertificateHouse()
  card = makeCertificate({ by: house.authority, cn: 'Jo‮s card', emails: ['jo@example.org'] })
})
afterEach(() => house.close())

const stored = (id = house.jo.id) => house.stores().credentials.list(id, { consistent: true })
const refusalOf = (because: string) => ({ status: 422, body: { errors: [{ pointer: '/certificate', detail: `certificate_${because}` }] } })

describe('adding one', () => {
  test('keeps what the person recognises it by, audited, and signs in from then on', async () => {
    const { ask } = await atMyAccount(house)
    expect((await ask<{ offered: string[] }>('GET', '/credentials')).body.offered).toContain('x509')

    const added = await addCertificate(house, ask, card)

    expect(added.status).toBe(201)
    expect(added.body).toMatchObject({
      kind: 'x509',
      name: 'Jo s card',
      certificate: { thumbprint: thumbprint(card), issuer: 'CN=An authority', validUntil: '2045-01-01T00:00:00.000Z', selfSigned: false },
    })
    expect(added.body.certificate?.subject).not.toContain('‮')
    expect((await house.events('credential.enrolled')).map(({ data }) => data?.kind)).toEqual(['x509'])
    expect(codeFrom(await signInByCertificate(house, house.jar(), card))).toBeTruthy()
    expect((await stored())[0]?.lastUsedAt).toBeTruthy()
  })

  test('what is about to be added is shown before, and looking spends nothing', async () => {
    const { ask } = await atMyAccount(house)
    const proof = await shownInMyAccount(house, ask, card)

    const looks = [await ask('POST', '/credentials/x509/read', { proof }), await ask('POST', '/credentials/x509/read', { proof })]

    expect(looks).toMatchObject([{ status: 200, body: { thumbprint: thumbprint(card) } }, { status: 200 }])
    expect((await ask('POST', '/credentials/x509', { proof, name: 'Mine' })).status).toBe(201)
  })

  test.each([
    ['without the token', { 'x-csrf-token': '' }],
    ['from another site', { origin: 'https://evil.example' }],
    ['by a form', { 'content-type': 'text/plain' }],
  ])('%s is refused', async (_, headers) => {
    const { ask } = await atMyAccount(house)
    const proof = await shownInMyAccount(house, ask, card)

    expect([403, 415]).toContain((await ask('POST', '/credentials/x509', { proof, name: '' }, headers)).status)
    if (!('content-type' in headers)) expect((await ask('POST', '/credentials/x509/begin', {}, headers)).status).toBe(403)
    expect(await stored()).toEqual([])
  })

  test('what was shown is good for the person, in the session, for five minutes, and once', async () => {
    await house.addUser('mallory', OTHER)
    const [here, there, mallory] = [await atMyAccount(house), await atMyAccount(house), await atMyAccount(house, 'mallory', OTHER)]
    const confirm = ({ ask }: typeof here, proof: string) => ask('POST', '/credentials/x509', { proof, name: '' })
    const proof = await shownInMyAccount(house, here.ask, card)

    // an attacker's own, slipped to a victim, and the other way round
    expect(await confirm(mallory, proof)).toMatchObject(refusalOf('late'))
    expect(await confirm(here, await shownInMyAccount(house, mallory.ask, card))).toMatchObject(refusalOf('late'))
    expect(await confirm(there, proof)).toMatchObject(refusalOf('late'))
    expect((await confirm(here, proof)).status).toBe(201)
    const [credential] = await stored()
    await removeCredential(await house.context(), house.jo.id, credential?.id ?? 'crd_none')
    expect((await confirm(here, proof)).status).toBe(409)
    const late = await shownInMyAccount(house, here.ask, card)
    house.pass(301)
    expect(await confirm(here, late)).toMatchObject(refusalOf('late'))
  })

  test('what was shown to sign in adds nothing, and the other way round', async () => {
    const { ask } = await atMyAccount(house)
    const jar = house.jar()
    const back = await house.show(await leadFrom(jar, await house.authorize(jar)), card)
    expect(await ask('POST', '/credentials/x509', { proof: back.searchParams.get('proof'), name: '' })).toMatchObject(refusalOf('late'))

    const proof = await shownInMyAccount(house, ask, card)
    back.searchParams.set('proof', proof)
    expect((await jar.get(`${back.pathname}${back.search}`)).status).toBe(410)
  })

  test('one that somebody has is nobody else’s, and nobody is told whose', async () => {
    const jo = await atMyAccount(house)
    await addCertificate(house, jo.ask, card)
    await house.addUser('mallory', OTHER)
    const mallory = await atMyAccount(house, 'mallory', OTHER)

    const refused = await addCertificate(house, mallory.ask, card)

    expect(refused.status).toBe(409)
    expect(JSON.stringify(refused.body)).not.toMatch(/jo\b/i)
    expect(codeFrom(await signInByCertificate(house, house.jar(), card))).toBeTruthy()
    expect((await signInAs(house, card)).userName).toBe('jo')
  })

  test('one in which an authority wrote somebody else is refused where that is read', async () => {
    await house.addUser('mallory', OTHER)
    await house.certify({ names: ['enrolled', 'subject_cn'] })
    const mallory = await atMyAccount(house, 'mallory', OTHER)

    const theirs = makeCertificate({ by: house.authority, cn: 'jo' })
    expect(await addCertificate(house, mallory.ask, theirs)).toMatchObject(refusalOf('unknown'))
    expect((await addCertificate(house, mallory.ask, makeCertificate({ by: house.authority, cn: 'a badge' }))).status).toBe(201)
    await house.certify({ names: ['subject_cn'] })
    expect(await addCertificate(house, mallory.ask, makeCertificate({ by: house.authority, cn: 'another badge' }))).toMatchObject(
      refusalOf('unknown'),
    )
  })

  test('one that nobody vouches for is taken where the tenant says so, and names its owner only by being theirs', async () => {
    const own = makeCertificate({ cn: 'jo', use: false })
    const { ask } = await atMyAccount(house)
    expect(await addCertificate(house, ask, own)).toMatchObject(refusalOf('untrusted'))

    await house.certify({ selfSigned: true, smartCards: true, names: ['enrolled', 'subject_cn'] })
    expect((await signInByCertificate(house, house.jar(), makeCertificate({ cn: 'jo' }))).status).toBe(400)
    const added = await addCertificate(house, ask, own)

    expect(added.body).toMatchObject({ certificate: { selfSigned: true } })
    const done = await signInAs(house, own)
    expect(done).toMatchObject({ userName: 'jo', amr: ['pop'] })
    house.pass(20 * 365 * 86_400)
    expect((await signInByCertificate(house, house.jar(), own)).status).toBe(400)
  })

  test('ten are enough, and without a policy none is taken or asked for', async () => {
    const { ask } = await atMyAccount(house)
    for (let i = 0; i < 10; i++) expect((await addCertificate(house, ask, makeCertificate({ by: house.authority }))).status).toBe(201)
    expect((await addCertificate(house, ask, card)).status).toBe(409)

    await house.certify(undefined)
    expect((await ask('POST', '/credentials/x509/begin', {})).status).toBe(404)
    const jar = house.jar()
    expect(codeFrom(await signIn(jar, await house.authorize(jar)))).toBeTruthy()
  })
})

describe('as a further factor', () => {
  const STEPS = {
    steps: [
      { anyOf: ['password'], ifNotEnrolled: 'skip', rememberable: false },
      { anyOf: ['x509', 'totp'], ifNotEnrolled: 'skip', rememberable: true },
    ],
  } as const
  const path = (url: URL) => `${url.pathname}${url.search}`

  const afterPassword = async (jar = house.jar()) => ({ jar, page: await signIn(jar, await house.authorize(jar)) })

  beforeEach(async () => {
    const { ask } = await atMyAccount(house)
    await addCertificate(house, ask, card)
    await house.certify({}, STEPS)
  })

  test('it is asked for after the password, and the password alone is not enough', async () => {
    const { jar, page } = await afterPassword()
    expect(page.body).toContain('Use a certificate')

    const lead = (await jar.submit(page, {})).url
    const done = await jar.get(path(await house.show(lead, card)))

    expect(codeFrom(done)).toBeTruthy()
  })

  test('somebody else’s certificate, one of nobody’s, and none at all prove nothing', async () => {
    await house.addUser('mallory', OTHER)
    const theirs = makeCertificate({ by: house.authority, cn: 'theirs' })
    await house.certify({})
    await addCertificate(house, (await atMyAccount(house, 'mallory', OTHER)).ask, theirs)
    await house.certify({}, STEPS)
    const { jar, page } = await afterPassword()
    const shown = async (certificate: Made | undefined) => jar.get(path(await house.show((await jar.submit(page, {})).url, certificate)))

    expect((await shown(theirs)).body).toContain('goes with no account here')
    expect((await shown(makeCertificate({ by: house.authority }))).body).toContain('goes with no account here')
    expect((await shown(makeCertificate({ by: makeAuthority() }))).body).toContain('Nobody who is trusted here')
    expect((await shown(undefined)).body).toContain('Your browser showed none')
    expect((await house.events('sign_in.failed')).filter(({ data }) => data?.factor === 'x509')).toHaveLength(3)
    expect(codeFrom(await shown(card))).toBeTruthy()
  })

  test('what came back is good once, and not for a sign-in that has not come so far', async () => {
    const { jar, page } = await afterPassword()
    const back = await house.show((await jar.submit(page, {})).url, card)
    const copy = house.jar()
    for (const [name, cookie] of jar.cookies) copy.cookies.set(name, cookie)
    const early = house.jar()
    const login = await house.authorize(early)
    const carried = new URL(back)
    carried.searchParams.set('interaction', new URL(login.url).searchParams.get('interaction') ?? '')

    expect((await early.get(path(carried))).status).toBe(410)
    expect(codeFrom(await jar.get(path(back)))).toBeTruthy()
    expect(codeFrom(await copy.get(path(back)))).toBeNull()
  })

  test('a browser is remembered for it where the person asked', async () => {
    const { jar, page } = await afterPassword()
    const back = await house.show((await jar.submit(page, { remember: 'yes' })).url, card)
    await jar.get(path(back))
    for (const name of [...jar.cookies.keys()]) if (name.includes('session')) jar.cookies.delete(name)

    expect(codeFrom((await afterPassword(jar)).page)).toBeTruthy()
    expect(codeFrom((await afterPassword()).page)).toBeNull()
  })

  test('whoever needs one shows it in the midst of the sign-in, and has it from then on', async () => {
    await house.addUser('alex', OTHER)
    await house.certify({}, { steps: [STEPS.steps[0], { anyOf: ['x509'], ifNotEnrolled: 'enrol', rememberable: false }] })
    const jar = house.jar()
    const page = await signIn(jar, await house.authorize(jar), 'alex', OTHER)
    expect(page.url.pathname).toBe('/t/main/mfa/enrol')
    const own = makeCertificate({ by: house.authority, cn: 'alex' })
    const shown = async (certificate: Made | undefined) =>
      jar.get(path(await house.show((await jar.submit(page, { kind: 'x509' })).url, certificate)))

    expect((await shown(card)).status).toBe(409)
    expect((await shown(undefined)).body).toContain('Your browser showed none')
    expect(codeFrom(await shown(own))).toBeTruthy()
    expect(codeFrom(await signInByCertificateAfter(house, own, 'alex'))).toBeTruthy()
  })

  test('it is asked for also where nobody can show one at the moment: a flag that was forgotten opens nothing', async () => {
    Object.assign(house.house.addresses, { certificateOrigin: undefined })

    const { page } = await afterPassword()

    expect(page.url.pathname).toBe('/t/main/mfa')
    expect(page.body).toContain('cannot be shown at this address')
  })

  test('a password alone adds none beside it, and takes none away', async () => {
    const [{ id } = { id: '' }] = await stored()
    await house.certify({}, { steps: [STEPS.steps[0]] })
    const thief = await atMyAccount(house)

    expect((await thief.ask('POST', '/credentials/x509/begin', {})).status).toBe(401)
    expect((await thief.ask('DELETE', `/credentials/${id}`)).status).toBe(401)
    expect(await stored()).toHaveLength(1)
  })

  test('by certificate beside the password one is sure enough, and it goes with whatever named it', async () => {
    const { jar, page } = await afterPassword()
    await jar.get(path(await house.show((await jar.submit(page, {})).url, card)))
    const ask = await askerOf(house, jar)
    const [{ id } = { id: '' }] = await stored()

    expect((await ask('PATCH', `/credentials/${id}`, { name: 'My card' })).status).toBe(204)
    expect((await ask('DELETE', `/credentials/${id}`)).status).toBe(204)
    expect(await stored()).toEqual([])
    await house.certify({})
    expect((await signInByCertificate(house, house.jar(), card)).status).toBe(400)
    await house.addUser('alex', OTHER)
    expect((await addCertificate(house, (await atMyAccount(house, 'alex', OTHER)).ask, card)).status).toBe(201)
  })

  test('with its person goes the certificate, and may be another’s', async () => {
    const user = await house.stores().users.find(house.jo.id)
    if (!user) throw new Error('there is no jo')
    await house.stores().users.remove(user, {})
    await house.addUser('alex', OTHER)
    await house.certify({})

    expect((await addCertificate(house, (await atMyAccount(house, 'alex', OTHER)).ask, card)).status).toBe(201)
  })
})

describe('what it counts for', () => {
  test('a certificate is one factor; one whose key is on a card that asks for a PIN is two', async () => {
    await house.certify(
      { names: ['subject_cn'] },
      {
        steps: [
          { anyOf: ['x509'], ifNotEnrolled: 'skip', rememberable: false },
          { anyOf: ['x509', 'totp'], ifNotEnrolled: 'refuse', rememberable: false },
        ],
      },
    )
    const own = makeCertificate({ by: house.authority, cn: 'jo' })
    const jar = house.jar()
    expect((await signInByCertificate(house, jar, own)).url.searchParams.get('error')).toBe('access_denied')

    await house.certify(
      { names: ['subject_cn'], smartCards: true },
      {
        steps: [
          { anyOf: ['x509'], ifNotEnrolled: 'skip', rememberable: false },
          { anyOf: ['x509', 'totp'], ifNotEnrolled: 'refuse', rememberable: false },
        ],
      },
    )

    expect((await signInAs(house, own)).amr).toEqual(['pop', 'sc', 'pin', 'mfa'])
  })
})

/** Signs in at My Account, and says who that was and how. */
async function signInAs(
  at: CertificateHouse,
  certificate: Made,
): Promise<{ userName: string | undefined; amr: readonly string[] | undefined }> {
  const jar = at.jar()
  await signInByCertificate(at, jar, certificate, await jar.get('/t/main/login'))
  const cookie = [...jar.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
  const me = (await (await at.fetch('/t/main/api/v1/me', { headers: { cookie } })).json()) as {
    profile: { id: `usr_${string}`; userName: string }
    session: { id: `ses_${string}` }
  }
  const session = await at.stores().sessions.find(me.profile.id, me.session.id)
  return { userName: me.profile.userName, amr: session?.amr }
}

async function signInByCertificateAfter(at: CertificateHouse, certificate: Made, userName: string) {
  const jar = at.jar()
  const page = await signIn(jar, await at.authorize(jar), userName, OTHER)
  const back = await at.show((await jar.submit(page, {})).url, certificate)
  return jar.get(`${back.pathname}${back.search}`)
}
