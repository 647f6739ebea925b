import { expect, test } from 'vitest'
import { isPushService, parsePushSubscription } from './web_push.ts'

const HOUSE = 'https://id.example.org'
const HERE = 'http://localhost:9443'

test.each([
  'https://fcm.googleapis.com/fcm/send/abc:def',
  'https://updates.push.services.mozilla.com/wpush/v2/abc',
  'https://web.push.apple.com/abc',
  'https://wns2-par02p.notify.windows.com/w/?token=abc',
])('%s is a push service', (endpoint) => {
  expect(isPushService(endpoint, HOUSE)).toBe(true)
})

test.each([
  'http://fcm.googleapis.com/fcm/send/abc',
  'https://fcm.googleapis.com:8443/',
  'https://fcm.googleapis.com.evil.example/',
  'https://evil-fcm.googleapis.com/',
  'https://push.apple.com.evil.example/',
  'https://evilpush.apple.com/',
  'https://jo:secret@fcm.googleapis.com/',
  'https://169.254.169.254/latest/meta-data',
  'http://localhost:9444/push',
  'file:///etc/passwd',
  'not an address',
  `https://fcm.googleapis.com/${'a'.repeat(1000)}`,
])('%s is none', (endpoint) => {
  expect(isPushService(endpoint, HOUSE)).toBe(false)
})

test('a house on this machine speaks to services on this machine', () => {
  expect(isPushService('http://127.0.0.1:5000/push', HERE)).toBe(true)
  expect(isPushService('http://10.0.0.1:5000/push', HERE)).toBe(false)
})

test('what is no key of a browser is no subscription', () => {
  const good = {
    endpoint: 'https://web.push.apple.com/abc',
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  }

  expect(parsePushSubscription(good, HOUSE)).toEqual(good)
  for (const wrong of [{ p256dh: 'AAAA' }, { auth: '' }, { endpoint: 'https://example.org/' }, { auth: 7 }])
    expect(parsePushSubscription({ ...good, ...wrong }, HOUSE), JSON.stringify(wrong)).toBeUndefined()
})
