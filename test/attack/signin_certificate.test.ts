/** Signing in by a client certificate: what is not taken, and what is carried from one browser, tenant or time to another. */
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type CertificateHouse, leadFrom, openCertificateHouse, signInByCertificate } from '../fixture/certificate_house.ts'
import {
  directoryBelow,
  extension,
  type Made,
  mailboxesAt,
  makeAuthority,
  makeCertificate,
  principalNames,
  SERVERS,
  type Wish,
} from '../fixture/certificates.ts'
import { codeFrom } from '../fixture/factor_house.ts'
import { CERTIFICATE_ORIGIN } from '../fixture/house_fixture.ts'
import { authorizePath } from '../fixture/sign_in_house.ts'

let house: CertificateHouse
let card: Made

beforeEach(async () => {
  house = await openCertificateHouse()
  await house.certify({ names: ['subject_cn'] })
  card = makeCertificate({ by: house.authority, cn: 'jo' })
})
afterEach(() => house.close())

const path = (url: URL) => `${url.pathname}${url.search}`
const failures = async () => (await house.events('sign_in.failed')).map(({ data }) => data?.because)

describe('a certificate that is in order', () => {
  test('signs in whom it names, without a name or a password', async () => {
    const done = await signInByCertificate(house, house.jar(), card)

    expect(codeFrom(done)).toBeTruthy()
    expect(done.url.origin).toBe('http://localhost:8080')
    expect(await failures()).toEqual([])
  })

  const OUT_OF_ORDER: readonly (readonly [string, () => Wish, string])[] = [
    ['expired', () => ({ until: new Date(Date.UTC(2026, 0, 1)) }), 'expired'],
    ['not valid yet', () => ({ from: new Date(Date.UTC(2026, 5, 1)) }), 'not_yet_valid'],
    ['for servers', () => ({ use: [SERVERS] }), 'wrong_use'],
    ['for no use in particular', () => ({ use: false }), 'wrong_use'],
    ['for encryption only', () => ({ keyUsage: 0x20 }), 'wrong_use'],
    ['of an authority', () => ({ isAuthority: true, use: ['1.3.6.1.5.5.7.3.2'], keyUsage: 0x86 }), 'wrong_use'],
    ['of an authority that nobody here knows', () => ({ by: makeAuthority() }), 'untrusted'],
    ['of nobody', () => ({ by: undefined as never }), 'untrusted'],
    ['under a trusted name by another key', () => ({ signedBy: makeAuthority().key }), 'untrusted'],
    ['signed with SHA-1', () => ({ digest: 'sha1' }), 'weak'],
    ['with a critical extension that nobody knows', () => ({ more: [extension('1.2.3.4', Buffer.from([5, 0]), true)] }), 'unreadable'],
    [
      'with a principal name that is no text',
      () => ({ more: [extension('2.5.29.17', Buffer.from('301aa018060a2b060104018237140203a00a0408000000000000002a', 'hex'))] }),
      'unreadable',
    ],
    ['that names nobody', () => ({ cn: 'nobody' }), 'unknown'],
  ]
  test.each(OUT_OF_ORDER)('one %s is refused, with the reason', async (_, wish, because) => {
    const refused = await signInByCertificate(house, house.jar(), makeCertificate({ by: house.authority, cn: 'jo', ...wish() }))

    expect(refused.status).toBe(400)
    expect(refused.body).toContain('No certificate was taken.')
    expect(await failures()).toEqual([because])
  })

  test('what is no certificate is refused, and none at all is no try', async () => {
    const rubbish = `-----BEGIN CERTIFICATE-----\n${randomBytes(300).toString('base64')}\n-----END CERTIFICATE-----\n`
    expect((await signInByCertificate(house, house.jar(), rubbish as never)).status).toBe(400)
    const large = `-----BEGIN CERTIFICATE-----\n${randomBytes(4_000).toString('base64')}\n-----END CERTIFICATE-----\n`
    expect((await signInByCertificate(house, house.jar(), large as never)).body).toContain('too large')
    expect((await signInByCertificate(house, house.jar(), `${card.pem}${card.pem}` as never)).status).toBe(400)

    const none = await signInByCertificate(house, house.jar(), undefined)

    expect(none.status).toBe(400)
    expect(none.body).toContain('Your browser showed none')
    expect((await failures()).filter((because) => because === 'none')).toEqual([])
  })
})

describe('a chain', () => {
  const chained = async (wishes: readonly Wish[], leaf: Wish = {}, known: (all: readonly Made[]) => readonly Made[] = (all) => all) => {
    const root = makeAuthority({ cn: 'root', ...wishes[0] })
    const all = [root]
    for (const [index, wish] of wishes.slice(1).entries()) all.push(makeAuthority({ cn: `between ${index}`, by: all[index], ...wish }))
    await house.certify({ names: ['subject_cn'], authorities: known(all).map(({ pem }) => pem) })
    const by = all.at(-1)
    const done = await signInByCertificate(house, house.jar(), makeCertificate({ cn: 'jo', ...(by ? { by } : {}), ...leaf }))
    return codeFrom(done) === null ? (await failures()).at(-1) : 'right'
  }

  test.each<readonly [string, readonly Wish[], Wish, string]>([
    ['through two authorities', [{}, {}, {}], {}, 'right'],
    ['through one that is no authority', [{}, { isAuthority: false, use: false, keyUsage: 0x06 }], {}, 'untrusted'],
    ['through one that may not sign certificates', [{}, { keyUsage: 0x02 }], {}, 'untrusted'],
    ['through one that has expired', [{}, { until: new Date(Date.UTC(2026, 0, 1)) }], {}, 'untrusted'],
    ['under a root that has expired', [{ until: new Date(Date.UTC(2026, 0, 1)) }, {}], {}, 'untrusted'],
    ['through one for servers', [{}, { use: [SERVERS] }], {}, 'untrusted'],
    ['longer than the root allows', [{ pathLength: 0 }, {}], {}, 'untrusted'],
    ['as long as the root allows', [{ pathLength: 1 }, {}], {}, 'right'],
    ['longer than one between allows', [{}, { pathLength: 0 }, {}], {}, 'untrusted'],
    ['with a name that the authority may give', [{ permitted: [mailboxesAt('example.org')] }], { emails: ['jo@example.org'] }, 'right'],
    ['with a mailbox that it may not', [{ permitted: [mailboxesAt('example.org')] }], { emails: ['jo@example.com'] }, 'untrusted'],
    ['with one at a host below', [{ permitted: [mailboxesAt('.example.org')] }], { emails: ['jo@a.example.org'] }, 'right'],
    ['with an excluded mailbox', [{ excluded: [mailboxesAt('Example.org')] }], { emails: ['jo@example.ORG'] }, 'untrusted'],
    [
      'with a subject below the permitted one',
      [{ permitted: [directoryBelow([['2.5.4.10', 'Acme  Inc']])] }],
      {
        subject: [
          ['2.5.4.10', 'acme inc'],
          ['2.5.4.3', 'jo'],
        ],
      },
      'right',
    ],
    [
      'with a subject elsewhere',
      [{ permitted: [directoryBelow([['2.5.4.10', 'Acme']])] }],
      {
        subject: [
          ['2.5.4.10', 'Evil'],
          ['2.5.4.3', 'jo'],
        ],
      },
      'untrusted',
    ],
    [
      'with a kind of name that is constrained and not understood',
      [{ permitted: [principalNames('corp.example')] }],
      { upn: 'jo@example.org' },
      'untrusted',
    ],
  ])('%s: %#', async (_, wishes, leaf, outcome) => {
    expect(await chained(wishes, leaf)).toBe(outcome)
  })

  test('ends where the tenant’s list ends: what stands above need not be there, and what is not in the list is not followed', async () => {
    expect(await chained([{}, {}], {}, (all) => all.slice(1))).toBe('right')
    expect(await chained([{}, {}], {}, (all) => all.slice(0, 1))).toBe('untrusted')
  })

  test('another tenant’s authority is none here', async () => {
    const other = makeAuthority({ cn: 'of the other tenant' })
    await house.addTenant('acme', { policies: { ...(await house.context()).tenant.policies } })
    await house.certify({ names: ['subject_cn'], authorities: [other.pem] })

    const refused = await signInByCertificate(house, house.jar(), card)

    expect(refused.status).toBe(400)
    expect(await failures()).toEqual(['untrusted'])
  })
})

describe('what is carried elsewhere', () => {
  test('at the ordinary host a certificate is worth nothing, in whichever header it comes', async () => {
    const jar = house.jar()
    const login = await house.authorize(jar)
    const lead = await leadFrom(jar, login)
    const headers = {
      'x-client-cert': encodeURIComponent(card.pem),
      'x-forwarded-client-cert': card.pem.replaceAll('\n', ' '),
      'client-cert': 'x',
      'x-gatehouse-certificate': 'y',
    }

    expect((await house.fetch(`/t/main/certificate${lead.search}`, { certificate: card.pem })).status).toBe(404)
    const forged = await house.fetch(lead.href, { headers })
    const back = new URL(forged.headers.get('location') ?? '')
    expect((await jar.get(path(back))).body).toContain('Your browser showed none')
  })

  test('a victim who is given the link to the attacker’s sign-in shows a certificate in vain', async () => {
    const [attacker, victim] = [house.jar(), house.jar()]
    const lead = await leadFrom(attacker, await house.authorize(attacker))
    await house.authorize(victim)

    const back = await house.show(lead, card)

    expect((await victim.get(path(back))).status).toBe(410)
    expect((await failures()).length).toBe(0)
  })

  test('the attacker’s own certificate signs nobody in to a victim’s browser', async () => {
    const [attacker, victim] = [house.jar(), house.jar()]
    const back = await house.show(await leadFrom(attacker, await house.authorize(attacker)), card)
    const login = await house.authorize(victim)
    const own = new URL(back)
    own.searchParams.set('interaction', new URL(login.url).searchParams.get('interaction') ?? '')

    expect((await victim.get(path(own))).status).toBe(410)
    expect((await victim.get(path(back))).status).toBe(410)
    expect(codeFrom(await attacker.get(path(back)))).toBeTruthy()
  })

  test('what came back is good once, also when the link to the certificates’ host is followed twice, and for a minute', async () => {
    const jar = house.jar()
    const lead = await leadFrom(jar, await house.authorize(jar))
    const [one, two] = [await house.show(lead, card), await house.show(lead, card)]
    const copy = house.jar()
    for (const [name, cookie] of jar.cookies) copy.cookies.set(name, cookie)

    expect(codeFrom(await jar.get(path(one)))).toBeTruthy()
    expect(codeFrom(await copy.get(path(one)))).toBeNull()
    expect(codeFrom(await copy.get(path(two)))).toBeNull()

    const late = house.jar()
    const back = await house.show(await leadFrom(late, await house.authorize(late)), card)
    house.pass(61)
    expect((await late.get(path(back))).body).toContain('took too long')
  })

  test('a link that is older than five minutes leads back, and proves nothing', async () => {
    const jar = house.jar()
    const lead = await leadFrom(jar, await house.authorize(jar))
    house.pass(301)

    const back = await house.show(lead, card)

    expect((await jar.get(path(back))).body).toContain('took too long')
  })

  test('the link opens at no other tenant, and leads nowhere but to its own', async () => {
    await house.addTenant('acme', { policies: (await house.context()).tenant.policies })
    const jar = house.jar()
    const lead = await leadFrom(jar, await house.authorize(jar))
    const elsewhere = lead.href.replace('/t/main/', '/t/acme/')

    expect((await house.fetch(elsewhere, { certificate: card.pem })).status).toBe(400)
    for (const forged of [
      '',
      'x',
      'https://evil.example/',
      randomBytes(100).toString('base64url'),
      `${lead.searchParams.get('handover')}A`,
    ])
      expect((await house.fetch(`${CERTIFICATE_ORIGIN}/t/main/certificate?handover=${encodeURIComponent(forged)}`)).status).toBe(400)
    expect((await house.show(`${lead.href}&issuer=https://evil.example&return=https://evil.example`, card)).origin).toBe(house.origin)
  })

  test('the way back takes no other sealed text, and what is of one step is not of another', async () => {
    const jar = house.jar()
    const lead = await leadFrom(jar, await house.authorize(jar))
    const back = await house.show(lead, card)
    const swapped = new URL(back)
    swapped.searchParams.set('proof', lead.searchParams.get('handover') ?? '')

    expect((await jar.get(path(swapped))).status).toBe(410)
    expect(
      (
        await jar.post('/t/main/mfa', {
          interaction: back.searchParams.get('interaction') ?? '',
          otp: back.searchParams.get('proof') ?? '',
        })
      ).body,
    ).not.toContain('signed in')
    await house.certify({ names: ['subject_cn'] }, { steps: [{ anyOf: ['password'], ifNotEnrolled: 'skip', rememberable: false }] })
    expect((await jar.get(path(back))).status).toBe(422)
  })

  test('the button is pressed by our own page only', async () => {
    const jar = house.jar()
    const login = await house.authorize(jar)
    const interaction = new URL(login.url).searchParams.get('interaction') ?? ''

    expect((await jar.post('/t/main/login', { interaction, way: 'x509', csrf: 'x' })).status).toBe(403)
    expect((await jar.post('/t/main/login', { interaction, way: 'x509' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  })
})

describe('whom it names', () => {
  test('somebody who is switched off is told so; somebody who is not there is told as of every other certificate', async () => {
    await house.addUser('gone', 'a walk in the dark 9', { active: false })
    const inactive = await signInByCertificate(house, house.jar(), makeCertificate({ by: house.authority, cn: 'gone' }))
    const unknown = await signInByCertificate(house, house.jar(), makeCertificate({ by: house.authority, cn: 'nobody' }))

    expect(inactive.status).toBe(403)
    expect(unknown.status).toBe(400)
    expect(unknown.body).toContain('goes with no account here')
  })

  test('an address counts that is proven and the primary one, and no other', async () => {
    await house.certify({ names: ['email'] })
    const by = (email: string) => makeCertificate({ by: house.authority, emails: [email] })
    const outcome = async (email: string) => codeFrom(await signInByCertificate(house, house.jar(), by(email))) !== null
    expect(await outcome('jo@example.org')).toBe(false)

    await house.stores().verifiedEmails.claim('jo@example.org', { kind: 'user', userId: house.jo.id })
    expect(await outcome('jo@example.org')).toBe(false)
    await house
      .stores()
      .users.update(house.jo, { ...house.jo, emails: [{ value: 'jo@example.org', primary: true, verified: true }] }, 'user.updated', {})

    expect(await outcome('JO@example.org')).toBe(true)
    expect(await outcome('jo@example.com')).toBe(false)
  })

  test('one that names two people names nobody', async () => {
    await house.addUser('alex', 'a walk in the dark 9')
    const two = makeCertificate({
      by: house.authority,
      subject: [
        ['2.5.4.3', 'jo'],
        ['2.5.4.3', 'alex'],
      ],
    })

    expect((await signInByCertificate(house, house.jar(), two)).status).toBe(400)
    expect(await failures()).toEqual(['unknown'])
  })

  test('a principal name is a user name, and what is not read names nobody', async () => {
    await house.addUser('jo@corp.example', 'a walk in the dark 9')
    const upn = makeCertificate({ by: house.authority, cn: 'x', upn: 'Jo@corp.example' })
    expect((await signInByCertificate(house, house.jar(), upn)).status).toBe(400)

    await house.certify({ names: ['upn'] })

    expect(codeFrom(await signInByCertificate(house, house.jar(), upn))).toBeTruthy()
    expect((await signInByCertificate(house, house.jar(), card)).status).toBe(400)
  })

  test('failures hold the network up, and nobody else', async () => {
    const stranger = house.jar('203.0.113.9')
    const event = house.stores().shelf.event('sign_in.failed', { actor: {} })
    for (let i = 0; i < 49; i++) await house.stores().networkTries.count('203.0.113.9', event)
    expect((await signInByCertificate(house, stranger, makeCertificate({ by: house.authority, cn: 'nobody' }))).status).toBe(400)

    expect((await signInByCertificate(house, stranger, makeCertificate({ by: house.authority, cn: 'one more' }))).status).toBe(429)
    expect(codeFrom(await signInByCertificate(house, house.jar('198.51.100.4'), card))).toBeTruthy()
  })
})

describe('where certificates are not taken', () => {
  test('no page offers them, and no form leads there', async () => {
    await house.certify(undefined)
    const jar = house.jar()
    const login = await jar.get(authorizePath())

    expect(login.body).not.toContain('x509')
    expect(login.headers.get('content-security-policy')).not.toContain(CERTIFICATE_ORIGIN)
    expect((await jar.submit(login, { way: 'x509' })).url.origin).toBe(house.origin)
  })

  test('a page that leads there says so in its policy', async () => {
    expect((await house.authorize(house.jar())).headers.get('content-security-policy')).toMatch(
      new RegExp(`form-action 'self' http://localhost:8080 ${CERTIFICATE_ORIGIN};`),
    )
  })
})
