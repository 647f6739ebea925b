/** The worker, run as a browser does: with what it listens to, and what it may do. */
import { runInNewContext } from 'node:vm'
import { expect, test, vi } from 'vitest'
import { WAKE_WORKER } from './wake_worker.ts'

const SCOPE = 'https://id.example/t/main/account/'

function openWorker(open: readonly string[] = []) {
  const listeners = new Map<string, (event: object) => void>()
  const showNotification = vi.fn(async () => {})
  const windows = open.map((url) => ({ url, focus: vi.fn(async () => {}) }))
  const openWindow = vi.fn(async () => {})
  runInNewContext(WAKE_WORKER, {
    addEventListener: (name: string, listener: (event: object) => void) => listeners.set(name, listener),
    registration: { scope: SCOPE, showNotification },
    clients: { matchAll: async () => windows, openWindow },
    location: { hostname: 'id.example' },
  })
  const fire = async (name: string, event: object) => {
    let work: Promise<unknown> | undefined
    listeners.get(name)?.({ ...event, waitUntil: (promise: Promise<unknown>) => (work = promise) })
    await work
  }
  return { fire, showNotification, windows, openWindow, listens: [...listeners.keys()] }
}

test('what comes is shown, once for all sign-ins that wait; what cannot be read, too, without words', async () => {
  const worker = openWorker()
  const options = { tag: 'sign-in', requireInteraction: true }

  await worker.fire('push', { data: { json: () => ({ title: 'A sign-in waits', body: 'Open it.' }) } })
  await worker.fire('push', { data: null })

  expect(worker.showNotification.mock.calls).toEqual([
    ['A sign-in waits', { body: 'Open it.', ...options }],
    ['id.example', { body: '', ...options }],
  ])
})

test.each([
  ['none', [], undefined],
  ['one of a neighbour', ['https://id.example/t/mainly/account', 'https://id.example/t/main/accounts'], undefined],
  ['My Account', ['https://id.example/t/main/login', 'https://id.example/t/main/account'], 1],
  ['a screen of it', ['https://id.example/t/main/account/security'], 0],
])('pressed while %s is open, it leads to My Account', async (_, open, focused) => {
  const worker = openWorker(open)
  const close = vi.fn()

  await worker.fire('notificationclick', { notification: { close } })

  expect(close).toHaveBeenCalledOnce()
  expect(worker.windows.map(({ focus }) => focus.mock.calls.length)).toEqual(open.map((_url, at) => (at === focused ? 1 : 0)))
  expect(worker.openWindow.mock.calls).toEqual(focused === undefined ? [['https://id.example/t/main/account']] : [])
})

test('it stands between nobody and the server', () => {
  expect(openWorker().listens).toEqual(['push', 'notificationclick'])
})
