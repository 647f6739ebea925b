/**
 * The service worker of My Account: shows what wakes a device, and opens My Account when that is pressed. It keeps nothing, fetches nothing and answers no request of the page. Browsers
 * want every push message shown, so one that cannot be read is shown without words of its own.
 */

export const WAKE_WORKER = `const read = (event) => {
  try {
    return event.data.json()
  } catch {
    return {}
  }
}
addEventListener('push', (event) => {
  const { title = location.hostname, body = '' } = read(event)
  event.waitUntil(registration.showNotification(title, { body, tag: 'sign-in', requireInteraction: true }))
})
addEventListener('notificationclick', (event) => {
  event.notification.close()
  const account = registration.scope.replace(/\\/$/, '')
  const open = async () => {
    const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true })
    const there = windows.find(({ url }) => url === account || url.startsWith(account + '/'))
    await (there ? there.focus() : clients.openWindow(account))
  }
  event.waitUntil(open())
})
`
