/** This browser's own subscription to be woken (W3C Push API), and the server's word on it. Nothing is asked of the person but what they pressed for. */
import type { MyPushSubscription } from '@gatehouse/core/my_account.ts'
import type { Api } from './api.ts'
import type { Shell } from './shell.ts'

type ApiInShell = Pick<Api, 'get' | 'write'> & { readonly shell: Shell }

export function canBeWoken(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
}

/** Undefined where the person, or the browser for them, does not want to be shown anything. */
export async function beWoken(api: ApiInShell): Promise<'on' | 'denied'> {
  if ((await Notification.requestPermission()) !== 'granted') return 'denied'
  const { basePath } = api.shell
  await navigator.serviceWorker.register(`${basePath}/account/worker.js`, { scope: `${basePath}/account/` })
  await tell(api, await api.get<MyPushSubscription>('/push-subscription'))
  return 'on'
}

export async function sleep(api: ApiInShell): Promise<void> {
  const subscription = await (await registrationOf(api.shell))?.pushManager.getSubscription()
  await subscription?.unsubscribe()
  await api.write<void>('DELETE', '/push-subscription')
}

/** After another sign-in in a browser that was woken before: a subscription ends with its session, and the person has said yes already. */
export async function stayWoken(api: ApiInShell): Promise<void> {
  if (!canBeWoken() || Notification.permission !== 'granted') return
  const there = await (await registrationOf(api.shell))?.pushManager.getSubscription()
  if (!there) return
  const server = await api.get<MyPushSubscription>('/push-subscription')
  if (!server.isOn) await tell(api, server)
}

async function tell(api: ApiInShell, { applicationServerKey }: MyPushSubscription): Promise<void> {
  const registration = await registrationOf(api.shell)
  if (!registration) throw new Error('the browser keeps no service worker for this page')
  const subscription = await subscribeWith(registration, applicationServerKey)
  const { endpoint, keys = {} } = subscription.toJSON()
  await api.write<void>('PUT', '/push-subscription', { body: { endpoint, p256dh: keys.p256dh, auth: keys.auth } })
}

/** One that was made for another key of ours is good for nothing, and stands in the way of the next. */
async function subscribeWith({ pushManager }: ServiceWorkerRegistration, applicationServerKey: string): Promise<PushSubscription> {
  const wanted = { userVisibleOnly: true, applicationServerKey }
  try {
    return await pushManager.subscribe(wanted)
  } catch (error) {
    const old = await pushManager.getSubscription()
    if (!old) throw error
    await old.unsubscribe()
    return pushManager.subscribe(wanted)
  }
}

function registrationOf({ basePath }: Shell): Promise<ServiceWorkerRegistration | undefined> {
  return navigator.serviceWorker.getRegistration(`${basePath}/account/`)
}
