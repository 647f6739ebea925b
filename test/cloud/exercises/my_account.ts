/** What a person changes at My Account. */
import { must, PASSWORD, type Scene } from './scene.ts'

export async function changesProfileAndPassword(scene: Scene): Promise<void> {
  const userName = scene.newName()
  await scene.makePerson(userName)
  const who = await scene.signIn(userName)
  const changed = await scene.asks(who, 'PATCH', '', { given_name: 'Other' })
  must(changed.status < 300, `the profile was not changed: ${changed.status} ${JSON.stringify(changed.body)}`)
  const address = `${userName}@example.net`
  const begun = await scene.asks(who, 'POST', '/address-changes/email', { address })
  must(begun.status === 201, `the address cannot be changed: ${begun.status} ${JSON.stringify(begun.body)}`)
  await scene.settled()
  const otp = (await scene.mails(address, '')).map(({ text }) => /\b\d{6}\b/.exec(text)?.[0]).at(-1)
  const proven = await scene.asks(who, 'POST', '/address-changes/email/confirm', { end: 'new', otp })
  must(proven.status === 200, `the address was not changed: ${proven.status} ${JSON.stringify(proven.body)}`)
  const asked = await scene.asks(who, 'POST', '/email-verification', {})
  must(asked.status < 500, `the address cannot be confirmed: ${asked.status}`)
  for (const path of ['/consents', '/requests']) {
    const { status } = await scene.asks(who, 'GET', path)
    must(status === 200, `${path} was answered with ${status}`)
  }
  const password = await scene.asks(who, 'POST', '/password', { current_password: PASSWORD, new_password: 'eight yellow cabs' })
  must(password.status < 300, `the password was not changed: ${password.status} ${JSON.stringify(password.body)}`)
  await scene.signIn(userName, 'eight yellow cabs')
  await scene.settled()
}
