/** Being woken, in browsers of several minds. */
import { afterEach, expect, test, vi } from 'vitest'
import { beWoken, stayWoken } from './wake.ts'

afterEach(() => void vi.unstubAllGlobals())

const SUBSCRIPTION = { endpoint: 'https://web.push.apple.com/a', keys: { p256dh: 'B', auth: 'a' } }

type Mind = { permission?: string; answer?: string; subscribed?: boolean; otherKey?: boolean }

function openBrowser({ permission = 'granted', answer = 'granted', subscribed = true, otherKey = false }: Mind) {
  let there = subscribed
  let fits = !otherKey
  const subscription = {
    toJSON: () => SUBSCRIPTION,
    unsubscribe: vi.fn(async () => {
      there = false
      fits = true
    }),
  }
  const pushManager = {
    getSubscription: async () => (there ? subscription : null),
    subscribe: vi.fn(async () => {
      if (!fits) throw new DOMException('another key', 'InvalidStateError')
      there = true
      return subscription
    }),
  }
  const register = vi.fn(async () => {})
  vi.stubGlobal('window', { PushManager: {}, Notification: {} })
  vi.stubGlobal('Notification', { permission, requestPermission: vi.fn(async () => answer) })
  vi.stubGlobal('navigator', { serviceWorker: { register, getRegistration: async () => ({ pushManager }) } })
  return { subscription, pushManager, register }
}

function openApi(isOn: boolean) {
  const write = vi.fn(async () => undefined as never)
  const get = vi.fn(async () => ({ applicationServerKey: 'the key', isOn }) as never)
  return { write, get, shell: { basePath: '/t/main' } as never }
}

const TOLD = ['PUT', '/push-subscription', { body: { endpoint: SUBSCRIPTION.endpoint, p256dh: 'B', auth: 'a' } }]

test('who says yes is subscribed with the key of the tenant, below My Account', async () => {
  const browser = openBrowser({ permission: 'default', subscribed: false })
  const api = openApi(false)

  expect(await beWoken(api)).toBe('on')

  expect(browser.register.mock.calls).toEqual([['/t/main/account/worker.js', { scope: '/t/main/account/' }]])
  expect(browser.pushManager.subscribe.mock.calls).toEqual([[{ userVisibleOnly: true, applicationServerKey: 'the key' }]])
  expect(api.write.mock.calls).toEqual([TOLD])
})

test('who says no is left alone', async () => {
  const browser = openBrowser({ permission: 'default', answer: 'denied', subscribed: false })
  const api = openApi(false)

  expect(await beWoken(api)).toBe('denied')

  expect([browser.register, browser.pushManager.subscribe, api.write].map(({ mock }) => mock.calls)).toEqual([[], [], []])
})

test('a subscription for a former key makes room for one for the present', async () => {
  const browser = openBrowser({ otherKey: true })
  const api = openApi(false)

  await stayWoken(api)

  expect(browser.subscription.unsubscribe).toHaveBeenCalledOnce()
  expect(api.write.mock.calls).toEqual([TOLD])
})

test.each<[string, Mind, boolean]>([
  ['where nobody said yes', { permission: 'default' }, false],
  ['where nothing was turned on', { subscribed: false }, false],
  ['where the server knows already', {}, true],
])('another sign-in asks and tells nothing %s', async (_, mind, isOn) => {
  openBrowser(mind)
  const api = openApi(isOn)

  await stayWoken(api)

  expect(api.write).not.toHaveBeenCalled()
})
