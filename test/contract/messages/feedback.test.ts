/** What SES tells of addresses, and what the carrier makes of it: whatever the order in which it comes, and however often. */
import type { MailOutcome } from '@gatehouse/core/mail_mark.ts'
import { takeFeedback } from '@gatehouse/messaging/take_feedback.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type CarrierHouse, openCarrierHouse } from '../../fixture/carrier_house.ts'

const HOURS = 3600
let house: CarrierHouse

beforeEach(async () => {
  house = await openCarrierHouse()
  await house.addTenant('acme')
})
afterEach(() => house.close())

const now = () => house.house.ports.clock.now()
const told = (outcome: MailOutcome, at = now()) =>
  takeFeedback(house.house.stores, { tenant: 'main', address: 'jo@example.org', outcome, at })

async function isWrittenTo(to = 'jo@example.org', tenant = 'main'): Promise<boolean> {
  const before = house.sent.length
  await house.mail({ to, tenant })
  return house.sent.length > before
}

test('an address that mail came back from is not written to, however it is spelled; at another tenant it is', async () => {
  await told('bounced')
  house.pass(100 * 24 * HOURS)

  expect([await isWrittenTo(), await isWrittenTo('JO@Example.org'), await isWrittenTo('jo@example.org', 'acme')]).toEqual([
    false,
    false,
    true,
  ])
})

test('the refusal is recorded, once per message, and tells nothing of the address', async () => {
  await told('complained')

  for (let times = 0; times < 3; times++) await house.mail({ id: 'msg_again' })

  const [marked, refused, ...others] = await house.events('mail.marked', 'mail.refused')
  expect(marked).toMatchObject({ kind: 'mail.marked', data: { reason: 'complained', permanent: true } })
  expect(refused).toMatchObject({ kind: 'mail.refused', data: { message: 'msg_again', template: 'welcome', because: 'complained' } })
  expect(others).toEqual([])
  expect(JSON.stringify([marked, refused])).not.toContain('jo@')
})

test('a full mailbox is tried again after six hours, or as soon as a mail arrives there', async () => {
  await told('bounced_for_now')
  expect(await isWrittenTo()).toBe(false)
  house.pass(6 * HOURS)
  expect(await isWrittenTo()).toBe(true)

  await told('bounced_for_now')
  expect(await isWrittenTo()).toBe(false)
  await told('delivered', now() + 1)
  expect(await isWrittenTo()).toBe(true)
})

test('a mail that arrived does not excuse a mailbox that is gone, nor a complaint', async () => {
  await told('bounced')
  await told('delivered', now() + 1)

  expect(await isWrittenTo()).toBe(false)
})

test('feedback in the wrong order: what is newer, or lasting, stands', async () => {
  await told('bounced')
  await told('bounced_for_now', now() + 1)
  house.pass(7 * HOURS)
  expect(await isWrittenTo()).toBe(false)

  await told('complained')
  await told('bounced', now() - HOURS * 1000)
  expect(await house.stores().mailMarks.find('jo@example.org')).toMatchObject({ reason: 'complained' })
})

test('a mark that an administrator took away does not come back with old feedback, but with new', async () => {
  const { mailMarks } = house.stores()
  const first = now()
  await told('bounced', first)
  house.pass(HOURS)

  expect([await mailMarks.lift('jo@example.org', {}), await mailMarks.lift('jo@example.org', {})]).toEqual([true, false])
  await told('bounced', first)
  await told('bounced', first + 1)
  expect(await isWrittenTo()).toBe(true)
  await told('bounced', now() + 1)
  expect(await isWrittenTo()).toBe(false)
})

test('whoever proved the address is named in the record', async () => {
  await house.stores().verifiedEmails.claim('jo@example.org', { kind: 'user', userId: 'usr_jojojojojo' })

  await told('bounced')

  expect(await house.events('mail.marked', 'mail.refused')).toMatchObject([{ kind: 'mail.marked', userId: 'usr_jojojojojo' }])
})
