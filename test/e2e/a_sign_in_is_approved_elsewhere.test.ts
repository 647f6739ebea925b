/** Robin approves sign-ins in My Account: with the number, without JavaScript on the other side, and refuses one that was not Robin's. */
import { addCredential, newCredential } from '@gatehouse/identity/credentials.ts'
import { hotp, sealTotpSecret } from '@gatehouse/identity/factors/totp.ts'
import { pushSubscriptionStore } from '@gatehouse/store/push_subscription.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from '../browser/accessible.ts'
import type { Person } from '../browser/person.ts'
import { openStory, PASSWORD, type Story, signIn } from './story.ts'

describe('Robin approves sign-ins in My Account', () => {
  let story: Story
  let robin: Person

  const numberOn = (person: Person) => person.page.locator('.awaited').innerText()
  const begins = async (name: string, options = {}) => {
    const person = await story.person(name, options)
    await person.goTo(`${story.house.issuer()}/login`)
    await signIn(person, 'robin', PASSWORD)
    await person.sees('Use something else')
    // what was used last is asked for at once
    if ((await person.page.locator('.awaited').count()) === 0) await person.press(/Approval in My Account/)
    await person.sees('Open My Account on another device')
    return person
  }

  beforeAll(async () => {
    story = await openStory()
    await story.giveRoles('robin', [])
    const here = story.house.context
    const user = await here.stores.users.findByName('robin')
    if (!user) throw new Error('there is no robin')
    const secret = here.random.bytes(20)
    const kept = newCredential(here, 'Phone')
    const sealedSecret = await sealTotpSecret(here, user.id, kept.id, secret)
    await addCredential(here, user.id, { ...kept, kind: 'totp', sealedSecret, lastStep: 0 })
    robin = await story.person('Robin')
    await robin.goTo(`${story.house.origin}/user-portal`)
    await signIn(robin, 'robin', PASSWORD)
    await robin.fill({ otp: hotp(secret, Math.floor(Date.now() / 30_000)) })
    await robin.press('Continue')
    await robin.isAt(/\/account$/)
  })
  afterAll(() => story.close())

  test('switches it on in Security', async () => {
    await robin.press('Security')
    await robin.press('Approve sign-ins here')
    await robin.sees('The factor is added.')

    await robin.sees('Approval in My Account')
  })

  test('has this browser woken, as long as Robin is signed in here, and no more when told', async () => {
    await robin.page.addInitScript(subscribeNowhere)
    await robin.goTo(`${story.house.issuer()}/account/security`)
    await robin.press('Wake it')
    await robin.sees('This browser is woken')
    await expectAccessible(robin.page)
    const scopes = () => robin.page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope))
    expect(await scopes()).toEqual([`${story.house.issuer()}/account/`])
    const { shelf, users } = story.house.context.stores
    const subscriptions = pushSubscriptionStore(shelf)
    const id = (await users.findByName('robin'))?.id ?? 'usr_nobodyhere'
    expect(await subscriptions.list(id)).toHaveLength(1)

    await robin.press('Do not wake it')
    await robin.sees('This browser shows a message')
    expect(await subscriptions.list(id)).toEqual([])
    expect(robin.troubles).toEqual([])
  })

  test('a sign-in elsewhere shows a number; Robin sees who asks, picks it, and the other browser goes on by itself', async () => {
    const other = await begins('Robin elsewhere')
    const number = await numberOn(other)
    await expectAccessible(other.page)
    await robin.sees('A sign-in waits for you')
    await robin.sees('Chrome on Linux')
    await expectAccessible(robin.page)
    await robin.press(`Approve with the number ${number}`)
    await robin.sees('The other device goes on.')

    await other.isAt(/\/account$/)
    await robin.press('Close')
    expect(other.troubles).toEqual([])
  })

  test('without JavaScript the button does it', async () => {
    const plain = await begins('Robin without JavaScript', { javaScriptEnabled: false })
    await plain.press('I have approved')
    await plain.sees('Not approved yet.')
    await robin.sees('A sign-in waits for you')
    await robin.press(`Approve with the number ${await numberOn(plain)}`)
    await robin.sees('The other device goes on.')
    await plain.press('I have approved')

    await plain.isAt(/\/account$/)
    await robin.press('Close')
  })

  test('"It was not me" refuses it, is told by mail, and leads to the password', async () => {
    const stranger = await begins('A stranger', { viewport: { width: 320, height: 640 } })
    expect(await stranger.page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    await robin.sees('A sign-in waits for you')
    await robin.press('It was not me')
    await robin.sees('Nobody got in.')
    await stranger.sees('This sign-in was refused in My Account.')
    await robin.press('Secure the account')

    await robin.sees('Changing it signs you out in all other browsers.')
    const mails = await story.mails('robin@pickup.example', 'Your sign-in at')
    expect(mails.some(({ text }) => text.includes('was refused in My Account'))).toBe(true)
    expect(robin.troubles).toEqual([])
  })
})

/** In the browser: a subscription that no push service gave, since none can be reached from here; and a yes, which a browser without windows cannot ask for. */
function subscribeNowhere(): void {
  const key = new Uint8Array([4, ...Array.from({ length: 64 }, (_, at) => at)])
  const text = (bytes: Uint8Array) =>
    btoa(String.fromCharCode(...bytes))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '')
  Object.defineProperty(Notification, 'permission', { value: 'granted' })
  Notification.requestPermission = async () => 'granted'
  let there = false
  const subscription = {
    toJSON: () => ({
      endpoint: 'https://fcm.googleapis.com/fcm/send/nowhere',
      keys: { p256dh: text(key), auth: text(new Uint8Array(16)) },
    }),
    unsubscribe: async () => {
      there = false
      return true
    },
  }
  Object.assign(PushManager.prototype, {
    subscribe: async () => {
      there = true
      return subscription
    },
    getSubscription: async () => (there ? subscription : null),
  })
}
