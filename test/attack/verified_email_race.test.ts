/** Two people prove one address, each between the other's steps: one has it in the end. */
import { findVerificationMail, verifyEmail } from '@gatehouse/identity/email_verification.ts'
import type { Table } from '@gatehouse/ports/table.ts'
import { expect, test } from 'vitest'
import { type HouseFixture, openHouseFixture } from '../fixture/house_fixture.ts'

type Moment = 'claims' | 'marks'

const ADDRESS = 'shared@example.org'

test.each<readonly [Moment, string]>([
  ['claims', 'somebody who is gone'],
  ['marks', 'somebody who is gone'],
  ['claims', 'the other, who was cut off before the mark'],
])('the other comes while the first one %s the address of %s', async (moment, former) => {
  let meanwhile: (() => Promise<unknown>) | undefined
  const house = await openHouseFixture({}, undefined, (own) => interrupted(own, moment, () => take()))
  const take = () => {
    const once = meanwhile
    meanwhile = undefined
    return once?.()
  }
  const prove = { first: await linkOf(house, 'first'), other: await linkOf(house, 'other') }
  const other = await house.stores().users.findByName('other')
  const userId = former.startsWith('the other') && other ? other.id : 'usr_gonegonegone'
  await house.stores().verifiedEmails.claim(ADDRESS, { kind: 'user', userId })
  meanwhile = prove.other

  await prove.first()

  const people = await Promise.all(['first', 'other'].map((name) => house.stores().users.findByName(name)))
  const verified = people.filter((person) => person?.emails[0]?.verified)
  expect(verified).toHaveLength(1)
  expect(await house.stores().verifiedEmails.find(ADDRESS)).toMatchObject({ userId: verified[0]?.id })
  house.close()
})

async function linkOf(house: HouseFixture, userName: string): Promise<() => Promise<unknown>> {
  const user = await house.addUser(userName, 'a long walk by the sea 7', { emails: [{ value: ADDRESS, primary: true, verified: false }] })
  const ctx = await house.context()
  const mail = await findVerificationMail(ctx, { userId: user.id })
  const token = new URL(mail?.url ?? '').searchParams.get('token') ?? ''
  return () => verifyEmail(ctx, token, async () => false)
}

/** Does something else just before the first claim, or the first mark, is written. */
function interrupted(own: Table, moment: Moment, otherwise: () => Promise<unknown> | undefined): Table {
  return {
    ...own,
    async put(item, condition) {
      const is = item.pk.includes('#mail#') ? 'claims' : item.sk === 'A#PROFILE' ? 'marks' : undefined
      if (is === moment) await otherwise()
      return own.put(item, condition)
    },
    async transact(writes) {
      const isMark = writes.some((write) => 'put' in write && write.put.sk === 'A#PROFILE')
      if (isMark && moment === 'marks') await otherwise()
      return own.transact(writes)
    },
  }
}
