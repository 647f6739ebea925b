/** What mails lead to: an address to be proven, an invitation, a sign-in that somebody disowns; and codes that are typed where they were asked for. */
import { createInvitation } from '@gatehouse/identity/invitation.ts'
import { notMeUrl } from '@gatehouse/identity/not_me.ts'
import { recoveryUrl, sealRecoveryLink } from '@gatehouse/identity/recovery_link.ts'
import type { UserRecord } from '@gatehouse/store/user.ts'
import { PASSWORD, profileOf, type Story } from '../story.ts'
import type { Walk } from './reader.ts'
import { underPolicies } from './under_policies.ts'

const WAYS = ['email_code', 'sms_code', 'email_link', 'sms_link']

export const disowning: Walk = async ({ story, person, named, visits, submits, looksAt }) => {
  const owner = named('owner')
  await story.giveRoles(owner, [])
  const here = story.house.context
  const { user } = await recordOf(story, owner)
  const robin = await person('Robin')
  const at = Math.floor(here.clock.now() / 1000)
  await visits(robin, await notMeUrl(here, { kind: 'sign_in', userId: user.id, sessionId: 'ses_ofthisreader', at }, 600))
  await submits(robin)
  await robin.page.locator('.emblem-success').waitFor()
  await looksAt(robin)
}

export const beingInvited: Walk = async ({ story, person, named, visits, submits, looksAt }) => {
  const robin = await person('Robin')
  await robin.goTo(await createInvitation(story.house.context, { roles: [named('nobody-has-this-role')] }))
  await robin.fill({ ...withoutNumber(profileOf(named('first'))), username: 'alex' })
  await submits(robin)
  await robin.page.locator('[aria-invalid=true]').waitFor()
  await looksAt(robin)

  const guest = named('guest')
  const address = `${guest}@a-rather-long-domain-name.example.org`
  const invited = { userName: guest, gatehouse_invite: true, emails: [{ value: address, primary: true }] }
  await story.administer('POST', '/users', invited)
  const mails = await story.house.messages(address)
  const link = mails.map(({ text }) => /https?:\S+\/recover\/password\?token=[\w-]+/.exec(text)?.[0]).find((found) => found !== undefined)
  await visits(robin, link ?? 'no invitation came')
}

export const provingAnAddress: Walk = async ({ story, person, named, visits, submits, looksAt }) => {
  const newcomer = named('prover-of-an-address')
  const address = `${newcomer}@a-rather-long-domain-name.example.org`
  await story.apply(newcomer, { email: address })
  const mails = await story.house.messages(address)
  const link = mails.map(({ text }) => /https?:\S+\/verify-email\?token=[\w-]+/.exec(text)?.[0]).find((found) => found !== undefined)
  const robin = await person('Robin')
  await visits(robin, link ?? 'no mail came')
  await submits(robin)
  await robin.page.locator('.emblem-success').waitFor()
  await looksAt(robin)
}

export const typingACode: Walk = async ({ story, issuer, person, named, visits, submits, looksAt }) => {
  const typist = named('typist')
  await story.giveRoles(typist, [])
  await story.giveFactors(typist)
  const request = await story.requestOf('coded', { gatehouse_sign_in: { identifierFirst: true, steps: [{ anyOf: ['email_otp'] }] } })
  const robin = await person('Robin')
  const typesWrongCode = async () => {
    await robin.fill({ otp: '000000' })
    await submits(robin)
    await robin.page.locator('[aria-invalid=true]').waitFor()
    await looksAt(robin)
  }
  await robin.goTo(request)
  await robin.fill({ username: typist })
  await submits(robin)
  await typesWrongCode()

  await underPolicies(story, { recovery: { password: WAYS, userName: ['email', 'sms'] } }, async () => {
    await visits(robin, `${issuer}/recover`)
    await robin.fill({ username: typist })
    await submits(robin)
    await typesWrongCode()
  })
  const of = { record: await recordOf(story, typist), because: 'recovery', address: `${typist}@pickup.example` } as const
  await robin.goTo(recoveryUrl(story.house.context, await sealRecoveryLink(story.house.context, of, 600)))
  await robin.fill({ new_password: `${PASSWORD} anew`, otp: '000000' })
  await submits(robin)
  await robin.page.locator('[aria-invalid=true]').waitFor()
  await looksAt(robin)
}

async function recordOf({ house }: Story, userName: string): Promise<UserRecord> {
  const { users } = house.context.stores
  const user = await users.findByName(userName)
  const record = user && (await users.findRecord(user.id, { consistent: true }))
  if (!record) throw new Error(`there is no ${userName}`)
  return record
}

function withoutNumber({ phone_number: _, ...rest }: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return rest
}
