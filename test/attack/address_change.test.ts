/** An e-mail address or phone number is changed by whoever proves both who they are and that they read what is sent there; and undone by whoever had it. */
import type { Me, MyAddressChange } from '@gatehouse/core/my_account.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { changed } from '../fixture/changed.ts'
import { openSafetyHouse, type SafePerson, type SafetyHouse } from '../fixture/safety_house.ts'
import { PASSWORD, signIn } from '../fixture/sign_in_house.ts'

const NEW = 'jo@example.net'
let house: SafetyHouse

beforeEach(async () => {
  house = await openSafetyHouse()
})
afterEach(() => house.close())

const begin = ({ ask }: SafePerson, address = NEW, channel = 'email') =>
  ask<MyAddressChange>('POST', `/address-changes/${channel}`, { address })
const confirm = ({ ask }: SafePerson, otp: string, end = 'new', channel = 'email') =>
  ask<Me & MyAddressChange>('POST', `/address-changes/${channel}/confirm`, { end, otp })
const emailsOfJo = async () => (await house.stores().users.find(house.jo.id, { consistent: true }))?.emails
const notMe = () => house.linkTo('jo@example.org', /not-me/)

describe('the way', () => {
  test('the old address stays in force until the code of the new one was typed; the change is shown meanwhile, and audited', async () => {
    const jo = await house.person()
    const begun = await begin(jo)

    expect(begun).toMatchObject({ status: 201, body: { channel: 'email', address: NEW, due: ['new'] } })
    expect((await jo.ask<{ items: MyAddressChange[] }>('GET', '/address-changes')).body.items).toMatchObject([{ address: NEW }])
    expect(await emailsOfJo()).toEqual(house.jo.emails)
    const done = await confirm(jo, await house.codeTo(NEW))
    expect(done).toMatchObject({ status: 200, body: { profile: { email: { value: NEW, verified: true } } } })
    expect(await emailsOfJo()).toEqual([{ value: NEW, verified: true, primary: true }])
    expect((await jo.ask<{ items: MyAddressChange[] }>('GET', '/address-changes')).body.items).toEqual([])
    expect(await house.stores().verifiedEmails.find(NEW)).toMatchObject({ userId: house.jo.id })
    const [asked] = await house.events('address_change.asked')
    const [changed] = await house.events('user.address_changed')
    expect(asked).toMatchObject({ audited: true, userId: house.jo.id, data: { channel: 'email' } })
    expect(changed).toMatchObject({ audited: true, userId: house.jo.id, data: { channel: 'email' } })
    expect(JSON.stringify([asked, changed])).not.toContain('@example')
  })

  test('the old address is told at once, and again when it is done; the new one gets a code and nothing else', async () => {
    const jo = await house.person()
    await begin(jo)
    await confirm(jo, await house.codeTo(NEW))
    await house.settle()

    const told = house.mails.filter(({ template }) => template === 'address_change')
    expect(told.map(({ to }) => to)).toEqual(['jo@example.org', 'jo@example.org'])
    for (const { text } of told) expect(text).toMatch(/j•••@example\.net[\s\S]*\/not-me\?token=/)
    expect(house.mails.filter(({ to }) => to === NEW).map(({ template }) => template)).toEqual(['one_time_password'])
  })

  test('where the tenant says so, both ends are proven, in any order; one alone changes nothing', async () => {
    await house.setPolicies({ addressChange: { proof: 'both', undoDays: 3 } })
    const jo = await house.person()
    expect((await begin(jo)).body.due).toEqual(['new', 'old'])

    const first = await confirm(jo, await house.codeTo('jo@example.org'), 'old')
    expect(first).toMatchObject({ status: 202, body: { due: ['new'] } })
    expect(await emailsOfJo()).toEqual(house.jo.emails)
    expect((await confirm(jo, await house.codeTo('jo@example.org'), 'old')).status).toBe(410)
    expect((await confirm(jo, await house.codeTo(NEW))).status).toBe(200)
  })

  test('it is cancelled, or replaced by another; the code of before is worth nothing then', async () => {
    const jo = await house.person()
    await begin(jo)
    const code = await house.codeTo(NEW)
    expect((await jo.ask('DELETE', '/address-changes/email')).status).toBe(204)
    expect((await confirm(jo, code)).status).toBe(404)
    await begin(jo)
    await begin(jo, 'jo.2@example.net')
    const former = await house.codeTo(NEW)

    expect((await confirm(jo, former)).status).toBe(422)
    expect((await jo.ask<{ items: MyAddressChange[] }>('GET', '/address-changes')).body.items).toMatchObject([
      { address: 'jo.2@example.net' },
    ])
    expect((await confirm(jo, await house.codeTo('jo.2@example.net'))).status).toBe(200)
  })

  test('a code is sent again, later each time', async () => {
    const jo = await house.person()
    await begin(jo)
    const again = () => jo.ask('POST', '/address-changes/email/resend', { end: 'new' })

    expect((await again()).status).toBe(429)
    house.pass(31)
    expect((await again()).status).toBe(204)
    house.pass(31)
    expect((await again()).status).toBe(429)
    expect((await confirm(jo, await house.codeTo(NEW))).status).toBe(200)
  })

  test('a phone number is proven by a text message, and taken away with a mail that tells of it', async () => {
    const jo = await house.person()
    await begin(jo, '+49 170 1234567', 'phone_number')
    const done = await confirm(jo, await house.codeTo('+491701234567'), 'new', 'phone_number')
    expect(done.body.profile.phoneNumber).toEqual({ value: '+491701234567', verified: true })

    expect((await jo.ask('DELETE', '/phone_number')).status).toBe(200)
    await house.settle()
    expect((await house.stores().users.find(house.jo.id))?.phoneNumbers).toEqual([])
    expect(house.mails.at(-1)).toMatchObject({ to: 'jo@example.org', template: 'address_change' })
  })
})

describe('a hijacked session', () => {
  test('that is not fresh begins nothing, and takes no number away', async () => {
    const thief = await house.person()
    house.pass(16 * 60)

    for (const answer of [
      await begin(thief),
      await begin(thief, '+491701234567', 'phone_number'),
      await thief.ask('DELETE', '/phone_number'),
    ])
      expect(answer).toMatchObject({ status: 401, body: { type: 'urn:gatehouse:error:reauthentication_required' } })
    expect(await house.events('address_change.asked')).toEqual([])
  })

  test('cannot write an address past its proof', async () => {
    const thief = await house.person()

    for (const change of [{ email: 'thief@example.net' }, { phone_number: '' }, { phone_number: '+491701234567' }])
      expect((await thief.ask('PATCH', '', change)).status).toBe(422)
    expect(await emailsOfJo()).toEqual(house.jo.emails)
  })

  test('the old address undoes what was done, also after a second change: nobody is signed in, and the password opens nothing', async () => {
    const thief = await house.person()
    await begin(thief, 'thief@example.net')
    await confirm(thief, await house.codeTo('thief@example.net'))
    const link = await notMe()
    await begin(thief, 'thief.2@example.net')
    await confirm(thief, await house.codeTo('thief.2@example.net'))
    const owner = house.jar()

    const page = await owner.get(link)
    expect(await emailsOfJo()).toMatchObject([{ value: 'thief.2@example.net' }])
    const done = await owner.submit(page, {})

    expect(page.status).toBe(200)
    expect(done).toMatchObject({ status: 200 })
    expect(done.body).toContain('/recover')
    expect(await emailsOfJo()).toMatchObject([{ value: 'jo@example.org', verified: true, primary: true }])
    expect((await thief.ask('GET', '')).status).toBe(401)
    const again = house.jar()
    expect((await signIn(again, await again.get('/t/main/login'), 'jo', PASSWORD)).status).toBe(400)
    expect(await house.events('user.address_change_undone')).toHaveLength(1)
  })

  test('a factor that was added since goes with it; one of before stays', async () => {
    const here = await house.context()
    const { addCredential, newCredential } = await import('@gatehouse/identity/credentials.ts')
    await addCredential(here, house.jo.id, { ...newCredential(here, 'mine'), kind: 'email_otp', address: 'jo@example.org' })
    house.pass(60)
    await house.stores().users.find(house.jo.id)
    const jar = house.jar()
    const mfa = await signIn(jar, await jar.get('/t/main/login'))
    await jar.submit(mfa, { otp: await house.codeTo('jo@example.org') })
    const thief = await house.personWith(jar)
    await begin(thief, 'thief@example.net')
    await addCredential(here, house.jo.id, { ...newCredential(here, 'the thief’s'), kind: 'email_otp', address: 'thief@example.net' })
    await confirm(thief, await house.codeTo('thief@example.net'))
    const owner = house.jar()

    await owner.submit(await owner.get(await notMe()), {})

    expect((await here.stores.credentials.list(house.jo.id, { consistent: true })).map(({ name }) => name)).toEqual(['mine'])
  })

  test('a change that still waits is stopped by the old address', async () => {
    const thief = await house.person()
    await begin(thief, 'thief@example.net')
    const code = await house.codeTo('thief@example.net')
    const owner = house.jar()

    await owner.submit(await owner.get(await notMe()), {})

    expect((await confirm(thief, code)).status).toBe(401)
    expect(await emailsOfJo()).toEqual(house.jo.emails)
  })
})

describe('the link', () => {
  test('acts once: a replay, also of the second mail about the same change, does nothing', async () => {
    const jo = await house.person()
    await begin(jo)
    const first = await notMe()
    await confirm(jo, await house.codeTo(NEW))
    const second = await notMe()
    const owner = house.jar()
    const page = await owner.get(first)
    const otherPage = await owner.get(second)
    await owner.submit(page, {})
    const epoch = (await house.stores().users.find(house.jo.id))?.securityEpoch

    expect(first).not.toBe(second)
    expect((await owner.submit(page, {})).status).toBe(410)
    expect((await owner.submit(otherPage, {})).status).toBe(410)
    expect((await house.stores().users.find(house.jo.id))?.securityEpoch).toBe(epoch)
  })

  test('is dead after its days, does not act when a scanner opens it, and is not made up', async () => {
    const jo = await house.person()
    await begin(jo)
    await confirm(jo, await house.codeTo(NEW))
    const link = await notMe()
    const owner = house.jar()
    for (let times = 0; times < 3; times++) expect((await owner.get(link)).status).toBe(200)
    expect(await emailsOfJo()).toMatchObject([{ value: NEW }])
    expect((await owner.get(changed(link))).status).toBe(410)
    const page = await owner.get(link)

    house.pass(3 * 86_400 + 1)

    expect((await owner.submit(page, {})).status).toBe(410)
    expect(await emailsOfJo()).toMatchObject([{ value: NEW }])
  })

  test('needs the page’s own token: a form on another site does nothing', async () => {
    const jo = await house.person()
    await begin(jo)
    const token = new URL(await notMe(), house.origin).searchParams.get('token') ?? ''

    expect((await house.jar().post('/t/main/not-me', { token, csrf: '' })).status).toBe(403)
    expect((await jo.ask('GET', '')).status).toBe(200)
  })

  test('where the tenant allows no undoing, there is no link', async () => {
    await house.setPolicies({ addressChange: { proof: 'new', undoDays: 0 } })
    await begin(await house.person())
    await house.settle()

    expect(house.mails.find(({ template }) => template === 'address_change')?.text).not.toContain('not-me')
  })
})

describe('guessing and other people', () => {
  test('a code is guessed five times, and is of its own change and person', async () => {
    const al = await house.addUser('al', 'another walk by the lake 8')
    const other = await house.person('al', 'another walk by the lake 8')
    const jo = await house.person()
    await begin(other, 'al@example.net')
    await begin(jo)
    const [ofAl, ofJo] = [await house.codeTo('al@example.net'), await house.codeTo(NEW)]

    expect((await confirm(jo, ofAl)).status).toBe(422)
    for (let i = 0; i < 4; i++) expect((await confirm(jo, 'x00000')).status).toBe(422)
    expect((await confirm(jo, ofJo)).status).toBe(410)
    expect(await emailsOfJo()).toEqual(house.jo.emails)
    expect((await house.stores().users.find(al.id))?.emails).toMatchObject([{ value: 'al@example.org' }])
  })

  test('an address that somebody else proved is told to be so only to whoever reads its mail, and stays theirs', async () => {
    const al = await house.addUser('al', PASSWORD, { emails: [{ value: 'al@example.org', primary: true, verified: true }] })
    await house.stores().verifiedEmails.claim('al@example.org', { kind: 'user', userId: al.id })
    const jo = await house.person()
    const [known, unknown] = [await begin(jo, 'al@example.org'), await begin(jo, 'nobody@example.org')]
    await begin(jo, 'al@example.org')
    const confirmed = await confirm(jo, await house.codeTo('al@example.org'))

    expect([known.status, unknown.status]).toEqual([201, 201])
    expect(confirmed).toMatchObject({ status: 422, body: { errors: [{ detail: 'address_known' }] } })
    expect(await emailsOfJo()).toEqual(house.jo.emails)
    expect(await house.stores().verifiedEmails.find('al@example.org')).toMatchObject({ userId: al.id })
  })

  test('nor is one mailbox two by another spelling of its domain', async () => {
    const al = await house.addUser('al', PASSWORD, { emails: [{ value: 'al@bücher.example', primary: true, verified: true }] })
    await house.stores().verifiedEmails.claim('al@bücher.example', { kind: 'user', userId: al.id })
    const jo = await house.person()
    await begin(jo, 'al@xn--bcher-kva.example')

    const confirmed = await confirm(jo, await house.codeTo('al@xn--bcher-kva.example'))

    expect(confirmed).toMatchObject({ status: 422, body: { errors: [{ detail: 'address_known' }] } })
    expect(await emailsOfJo()).toEqual(house.jo.emails)
  })

  test('nobody is flooded: five changes an hour', async () => {
    const jo = await house.person()
    const answers = []
    for (let n = 0; n < 6; n++) answers.push((await begin(jo, `victim${n}@example.net`)).status)

    expect(answers).toEqual([201, 201, 201, 201, 201, 429])
  })

  test.each([
    ['email', '', 'required'],
    ['email', 'jo at example', 'email_invalid'],
    ['email', 'JO@example.org', 'address_unchanged'],
    ['phone_number', '0170 1234', 'phone_number_invalid'],
  ])('%s %o is told %s', async (channel, address, code) => {
    expect((await begin(await house.person(), address, channel)).body.errors).toMatchObject([{ detail: code }])
  })
})
