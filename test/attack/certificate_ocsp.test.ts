/** Who is asked whether a certificate was revoked, and which answers are believed: each of them may have been written by somebody on the way. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addCertificate, signInByCertificate } from '../fixture/certificate_house.ts'
import { extension, type Made, makeAuthority, makeCertificate, makeList } from '../fixture/certificates.ts'
import { type AnswerWish, answered, answeredAt, makeAnswer, makeResponder, questionOf, serialIn } from '../fixture/ocsp.ts'
import { atMyAccount } from '../fixture/passkey_house.ts'
import { OCSP, OCSP_THEN_CRL, openRevocationHouse, type RevocationHouse } from '../fixture/revocation_house.ts'
import { signIn } from '../fixture/sign_in_house.ts'

const URL = 'http://ocsp.example.org/people'
const LISTS = 'http://pki.example.org/people.crl'

let house: RevocationHouse
let card: Made

beforeEach(async () => {
  house = await openRevocationHouse()
  card = makeCertificate({ by: house.authority, cn: 'jo', more: [answeredAt(URL)] })
})
afterEach(() => house.close())

const outcome = (certificate = card) => house.outcomeOf(certificate)
const in_ = (seconds: number) => house.in(seconds)

function answer(wish: Partial<AnswerWish> = {}, by = house.authority, about = card, url = URL): void {
  house.answerAt(url, about, wish, by)
}

describe('an answer that counts', () => {
  test('is one about this certificate, asked for by its number, and sent as the standard has it', async () => {
    answer()

    expect(await outcome()).toEqual(['right'])
    expect(house.asked).toEqual([
      expect.objectContaining({
        url: URL,
        method: 'POST',
        headers: { 'content-type': 'application/ocsp-request', accept: 'application/ocsp-response' },
        answer: 'base64',
        maximumBytes: 20_000,
        timeoutMilliseconds: 2_000,
      }),
    ])
    expect(serialIn(questionOf(house.asked[0] ?? {}))).toBe(card.serial.toString('hex'))
  })

  test('revoked: the person is told so, and the record says by whom, when and why', async () => {
    answer({ status: 'revoked', from: new Date(Date.UTC(2025, 10, 5)) })

    const page = await signInByCertificate(house, house.jar(), card)

    expect(page.status).toBe(400)
    expect(page.body).toContain('It was revoked. Ask those who issued it for a new one.')
    expect((await house.events('sign_in.failed')).at(-1)?.data).toEqual({
      factor: 'x509',
      because: 'revoked',
      said: 'ocsp.example.org says that it was revoked on 2025-11-05 because its key is in other hands',
    })
  })

  test.each<readonly [string, () => Partial<AnswerWish>]>([
    ['by somebody whom the authority entrusted with it', () => ({ responder: makeResponder(house.authority) })],
    ['by one who is named by the hash of the key', () => ({ responder: makeResponder(house.authority), namedByKey: true })],
    ['without our nonce, as long as it says until when it holds', () => ({ nonce: false })],
    ['with our nonce, of somebody who always has a newer one', () => ({ until: undefined }) as never],
    ['by a clock that is a little before ours', () => ({ from: in_(60) })],
  ])('%s', async (_, wish) => {
    answer(wish())
    expect(await outcome()).toEqual(['right'])

    answer({ ...wish(), status: 'revoked' })
    house.pass(90_000)
    expect((await outcome())[0]).toBe('revoked')
  })

  test('is asked for once in an hour, and sooner where it says so; two at once ask once', async () => {
    answer({ until: in_(600) })
    expect(await Promise.all([outcome(), outcome()])).toEqual([['right'], ['right']])
    expect(house.asked).toHaveLength(1)
    house.pass(601)

    answer({ until: in_(86_400) })
    expect(await outcome()).toEqual(['right'])
    house.pass(3_500)
    expect(await outcome()).toEqual(['right'])
    expect(house.asked).toHaveLength(2)

    answer({ status: 'revoked' })
    house.pass(101)
    expect((await outcome())[0]).toBe('revoked')
  })

  test('without an end is of its moment: it is asked for at each sign-in, so that a revocation counts at once', async () => {
    const ofTheMoment = { until: undefined } as never as Partial<AnswerWish>
    answer(ofTheMoment)
    expect(await outcome()).toEqual(['right'])

    answer({ ...ofTheMoment, status: 'revoked' })
    expect((await outcome())[0]).toBe('revoked')
  })

  test('of the policy’s own responder, which is asked in place of the one that a certificate names', async () => {
    const ours = 'http://ocsp.inside.example/'
    await house.askBy({ ...OCSP, responders: [ours] })
    answer({}, house.authority, card, ours)

    expect(await outcome()).toEqual(['right'])
    expect(house.asked.map(({ url }) => url)).toEqual([ours])
  })

  test('is there for every certificate of the chain, from whom its own authority named', async () => {
    const above = 'http://ocsp.example.org/authorities'
    const between = makeAuthority({ cn: 'Between', by: house.authority, more: [answeredAt(above)] })
    const below = makeCertificate({ by: between, cn: 'jo', more: [answeredAt(URL)] })
    await house.askBy(OCSP, [house.authority, between])
    answer({}, between, below)
    expect(await outcome(below)).toEqual(['unchecked', 'ocsp.example.org did not answer'])

    house.pass(61)
    answer({}, house.authority, between, above)
    expect(await outcome(below)).toEqual(['right'])
    house.pass(3_601)
    answer({ status: 'revoked' }, house.authority, between, above)
    expect((await outcome(below))[0]).toBe('revoked')
  })
})

describe('an answer that counts for nothing', () => {
  const stranger = () => makeAuthority({ cn: 'Stranger' })
  test.each<readonly [string, () => Partial<AnswerWish>, string]>([
    ['out of date', () => ({ from: in_(-7200), until: in_(-1), nonce: false }), 'gave an answer that is out of date'],
    ['out of date, though it is new', () => ({ from: in_(-7200), until: in_(-1) }), 'gave an answer that is out of date'],
    ['of the future', () => ({ from: in_(600) }), 'gave an answer of the future'],
    ['of an unknown age', () => ({ nonce: false, until: undefined }) as never, 'gave an answer that may be old'],
    ['to another question', () => ({ nonce: Buffer.alloc(32, 7) }), 'gave the answer to another question'],
    ['signed by a stranger', () => ({ signedBy: stranger().key }), 'gave an answer that its authority did not sign'],
    ['of a stranger under their own name', () => ({ responder: stranger() }), 'signed by a certificate that its authority did not give'],
    [
      'of a stranger under the authority’s name',
      () => ({ responder: makeAuthority() }),
      'signed by a certificate that its authority did not give',
    ],
    [
      'of whom somebody else entrusted',
      () => ({ responder: makeResponder(makeAuthority()) }),
      'signed by a certificate that its authority did not give',
    ],
    [
      'by a person of the same authority',
      () => ({ responder: makeCertificate({ by: house.authority, cn: 'jo' }) }),
      'signed by a certificate that is not made for it',
    ],
    [
      'by a certificate for every use',
      () => ({ responder: makeResponder(house.authority, { use: ['2.5.29.37.0'] }) }),
      'signed by a certificate that is not made for it',
    ],
    [
      'by a certificate for no use in particular',
      () => ({ responder: makeResponder(house.authority, { use: false }) }),
      'signed by a certificate that is not made for it',
    ],
    [
      'by a key that may not sign',
      () => ({ responder: makeResponder(house.authority, { keyUsage: 0x20 }) }),
      'signed by a certificate whose key may not sign',
    ],
    [
      'by a responder whose time is over',
      () => ({ responder: makeResponder(house.authority, { until: in_(-1) }) }),
      'signed by a certificate that is not of now',
    ],
    [
      'by a responder that says what nobody understands',
      () => ({ responder: makeResponder(house.authority, { more: [extension('1.2.3.4', Buffer.from([5, 0]), true)] }) }),
      'signed by a certificate that is not understood',
    ],
    [
      'by a certificate that was signed with SHA-1',
      () => ({ responder: makeResponder(house.authority, { digest: 'sha1' }) }),
      'signed by a certificate that is too weak',
    ],
    ['signed with SHA-1', () => ({ digest: 'sha1' }), 'gave an answer that cannot be read'],
    [
      'with more in it than is understood',
      () => ({ more: [extension('1.2.3.4', Buffer.from([5, 0]), true)] }),
      'said more than is understood',
    ],
    ['to be asked for later', () => ({ refusal: 3 }), 'asks to try again later'],
    ['to somebody else', () => ({ refusal: 6 }), 'does not answer us'],
  ])('one %s', async (_, wish, why) => {
    answer(wish())

    expect(await outcome()).toEqual(['unchecked', `ocsp.example.org ${why}`])
  })

  test('one about another certificate, and one about the same number of another authority', async () => {
    answer({}, house.authority, makeCertificate({ by: house.authority, cn: 'alex' }))
    expect(await outcome()).toEqual(['unchecked', 'ocsp.example.org spoke of another certificate'])

    house.pass(61)
    const other = makeAuthority({ cn: 'Another' })
    answer({ signedBy: house.authority.key, responder: makeResponder(house.authority) }, other)
    expect((await outcome())[0]).toBe('unchecked')
  })

  test('one that says both is believed in the worse', async () => {
    answer({ before: [{ about: card, status: 'revoked' }] })

    expect((await outcome())[0]).toBe('revoked')
  })

  test.each([
    ['rubbish', () => answered(Buffer.from('<html>')), 'gave an answer that cannot be read'],
    ['nothing', () => answered(Buffer.alloc(0)), 'gave an answer that cannot be read'],
    ['an error', () => answered(Buffer.from('x'), 503), 'answered 503'],
    ['a redirect, which nobody follows', () => ({ status: 302, headers: { location: 'http://127.0.0.1/' }, body: '' }), 'answered 302'],
  ])('%s', async (_, respond, why) => {
    house.lists.set(URL, respond)

    expect(await outcome()).toEqual(['unchecked', `ocsp.example.org ${why}`])
    expect(house.asked).toHaveLength(1)
  })

  test('a good one that was sent before the certificate was revoked, and is sent again', async () => {
    const sent: Buffer[] = []
    const keep = (wish: Partial<AnswerWish>) =>
      house.lists.set(URL, (request) => {
        const der = makeAnswer(house.authority, card, questionOf(request), { from: in_(-60), until: in_(86_400), ...wish })
        sent.push(der)
        return answered(der)
      })
    keep({ until: in_(7_200) })
    expect(await outcome()).toEqual(['right'])
    house.pass(3_601)
    house.lists.set(URL, () => answered(sent[0] as Buffer))
    const replayed = await outcome()
    // By the answer that was had itself, which holds for another hour, not by the one that was sent again.
    expect(replayed).toEqual(['right'])
    house.pass(3_601)
    expect(await outcome()).toEqual(['unchecked', 'ocsp.example.org gave the answer to another question'])

    const good = makeAnswer(house.authority, card, Buffer.from(sent[0] as Buffer), { nonce: false, from: in_(-60), until: in_(86_400) })
    house.pass(61)
    keep({ status: 'revoked', from: in_(-30), until: in_(10) })
    expect((await outcome())[0]).toBe('revoked')
    house.lists.set(URL, () => answered(good))
    house.pass(61)
    expect((await outcome())[0]).toBe('revoked')
    house.lists.delete(URL)
    await house.askBy({ ...OCSP, ifUnavailable: 'accept' })
    house.pass(61)
    expect((await outcome())[0]).toBe('revoked')
  })
})

describe('where nobody answers', () => {
  test('nobody gets in, unless the tenant says so, which the log tells; and the address is not asked at each sign-in', async () => {
    expect(await outcome()).toEqual(['unchecked', 'ocsp.example.org did not answer'])
    const other = makeCertificate({ by: house.authority, cn: 'jo', more: [answeredAt(URL)] })
    expect(await outcome(other)).toEqual(['unchecked', 'ocsp.example.org did not answer a moment ago'])
    expect(house.asked).toHaveLength(1)

    await house.askBy({ ...OCSP, ifUnavailable: 'accept' })
    expect(await outcome()).toEqual(['right'])
    expect(house.logs.map(({ message }) => message)).toContain('a certificate was taken that may have been revoked')
  })

  test('a certificate that names nobody to ask is as one of which nobody speaks', async () => {
    const bare = makeCertificate({ by: house.authority, cn: 'jo' })

    expect(await outcome(bare)).toEqual(['unchecked', 'it names nobody to ask'])
    expect(house.asked).toEqual([])
  })

  test('the page says that it cannot be found out at the moment', async () => {
    const page = await signInByCertificate(house, house.jar(), card)

    expect(page.status).toBe(400)
    expect(page.body).toContain('Whether it was revoked cannot be found out at the moment.')
  })

  test('the second address is asked after the first, no third, and none of a directory', async () => {
    const many = makeCertificate({
      by: house.authority,
      cn: 'jo',
      more: [answeredAt('ldap://a.example/', 'http://a.example/', 'http://b.example/', 'http://c.example/')],
    })

    expect((await outcome(many))[1]).toBe('a.example did not answer; b.example did not answer')
    expect(house.asked.map(({ url }) => url)).toEqual(['http://a.example/', 'http://b.example/'])
  })

  test('who knows no such certificate has answered: it is refused, also where silence is accepted', async () => {
    await house.askBy({ ...OCSP, ifUnavailable: 'accept' })
    answer({ status: 'unknown' })

    expect(await outcome()).toEqual(['unchecked', 'ocsp.example.org knows no such certificate'])
  })

  test('with lists behind it: they speak where no answer counts, and only there', async () => {
    await house.askBy(OCSP_THEN_CRL)
    card = makeCertificate({ by: house.authority, cn: 'jo', listAddress: LISTS, more: [answeredAt(URL)] })
    const list = (revoked: readonly Made[]) => house.lists.set(LISTS, () => answered(makeList(house.authority, revoked).der))
    expect(await outcome()).toEqual(['unchecked', 'ocsp.example.org did not answer; pki.example.org gave no list'])

    house.pass(61)
    list([])
    expect(await outcome()).toEqual(['right'])
    house.pass(61)
    answer({ status: 'unknown' })
    expect(await outcome()).toEqual(['right'])
    house.pass(90_000)
    list([card])
    expect(await outcome()).toEqual(['revoked', 'a list from pki.example.org says that it was revoked on 2025-01-01'])

    house.asked.length = 0
    answer()
    house.pass(90_000)
    expect(await outcome()).toEqual(['right'])
    expect(house.asked.map(({ url }) => url)).toEqual([URL])
  })
})

test('as a further factor, too, and in My Account: what was said is told and recorded', async () => {
  answer()
  const steps = [{ anyOf: ['password'] }, { anyOf: ['x509'] }] as const
  const { ask } = await atMyAccount(house)
  expect((await addCertificate(house, ask, card)).status).toBe(201)
  const of = { authorities: [house.authority.pem], revocation: OCSP }
  await house.certify(of, { steps: steps.map((step) => ({ ...step, ifNotEnrolled: 'refuse', rememberable: false })) })
  house.pass(3_601)
  answer({ status: 'revoked', from: new Date(Date.UTC(2025, 10, 5)) })

  const jar = house.jar()
  const page = await signIn(jar, await house.authorize(jar))
  const back = await house.show((await jar.submit(page, {})).url, card)
  const refused = await jar.get(`${back.pathname}${back.search}`)

  expect(refused.body).toContain('It was revoked.')
  expect((await house.events('sign_in.failed')).at(-1)?.data).toEqual({
    factor: 'x509',
    because: 'revoked',
    said: 'ocsp.example.org says that it was revoked on 2025-11-05 because its key is in other hands',
  })
})
