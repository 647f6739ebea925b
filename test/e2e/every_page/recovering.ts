/** The pages of those who forgot something: asking, what was sent, the new password, the links that are good no more. */
import { recoveryUrl, sealRecoveryLink } from '@gatehouse/identity/recovery_link.ts'
import { unlockUrl } from '@gatehouse/identity/unlocking.ts'
import { PASSWORD } from '../story.ts'
import type { Walk } from './reader.ts'

export const recovering: Walk = async ({ story, issuer, person, named, visits, submits, looksAt }) => {
  const forgetful = named('forgetful')
  await story.giveRoles(forgetful, [])
  const robin = await person('Robin')
  await visits(robin, `${issuer}/recover/username`, `${issuer}/recover/password?token=none`, `${issuer}/recover/unlock?token=none`)
  await visits(robin, `${issuer}/recover`)
  await robin.fill({ username: forgetful })
  await submits(robin)
  await robin.page.locator('[role=status]').first().waitFor()
  await looksAt(robin)

  const here = story.house.context
  const user = await here.stores.users.findByName(forgetful)
  const record = user && (await here.stores.users.findRecord(user.id, { consistent: true }))
  if (!record) throw new Error(`there is no ${forgetful}`)
  await visits(robin, await unlockUrl(here, record.user))
  const of = { record, because: 'recovery', address: `${forgetful}@pickup.example` } as const
  await visits(robin, recoveryUrl(here, await sealRecoveryLink(here, of, 600)))
  await robin.fill({ new_password: 'short' })
  await submits(robin)
  await robin.page.locator('[aria-invalid=true]').waitFor()
  await looksAt(robin)
  await robin.fill({ new_password: `${PASSWORD} anew` })
  await submits(robin)
  await robin.page.locator('a.button-primary').waitFor()
  await looksAt(robin)
}

export const settingAnotherPassword: Walk = async ({ story, issuer, person, named, submits, looksAt }) => {
  const forced = named('forced')
  await story.giveRoles(forced, [])
  const { users } = (await story.administer('GET', `/users?userName=${forced}`)) as { users: { id: string }[] }
  await story.administer('POST', `/users/${users[0]?.id}/password-reset`, {})
  const robin = await person('Robin')
  await robin.goTo(`${issuer}/login`)
  await robin.fill({ username: forced, password: PASSWORD })
  await submits(robin)
  await robin.page.locator('[name=new_password]').waitFor()
  await looksAt(robin)
}
