import type { TenantId } from '@gatehouse/core/ids.ts'
import type { Mail } from '@gatehouse/ports/mailer.ts'
import type { TextMessage } from '@gatehouse/ports/texter.ts'
import { expect, test } from 'vitest'
import { type Delivery, deliver, mailbox } from './deliver.ts'
import { SAMPLES } from './template_samples.ts'

function openDelivery({ failing = false } = {}) {
  const mails: Mail[] = []
  const texts: TextMessage[] = []
  const marks = new Set<string>()
  const on: Delivery = {
    mailer: {
      send: async (mail) => {
        if (failing) throw new Error('no route to the mail server')
        mails.push(mail)
      },
    },
    texter: { send: async (text) => void texts.push(text) },
    stores: { sentMarks: { has: async (key) => marks.has(key), mark: async (key) => void marks.add(key) } },
    tenant: { id: 'main' as TenantId, display_name: 'Main "Cabs"\r\nX: y', branding: {}, locales: ['de', 'en'] },
    from: 'no-reply@id.example',
  }
  return { on, mails, texts, marks }
}

const message = {
  key: 'evt_1/registration_completed/jo',
  template: 'registration_completed',
  to: 'jo@example.com',
  props: SAMPLES.registration_completed,
} as const

test('a redelivered event sends its message once', async () => {
  const { on, mails } = openDelivery()

  const outcomes = [await deliver(on, message), await deliver(on, message)]

  expect(outcomes).toEqual(['sent', 'sent_before'])
  expect(mails).toHaveLength(1)
})

test('a message that could not be sent is not marked, so the next delivery sends it', async () => {
  const { on, marks } = openDelivery({ failing: true })

  await expect(deliver(on, message)).rejects.toThrow('no route')

  expect(marks.size).toBe(0)
})

test('the receiver reads it in their own language; in the tenant’s first where that is not offered', async () => {
  const { on, mails } = openDelivery()

  await deliver(on, { ...message, key: '1', locale: 'en-GB' })
  await deliver(on, { ...message, key: '2', locale: 'ar' })
  await deliver(on, { ...message, key: '3' })

  expect(mails.map(({ locale }) => locale)).toEqual(['en', 'de', 'de'])
  expect(mails[0]?.subject).toContain('is ready')
})

test('a text message goes by the texter', async () => {
  const { on, mails, texts } = openDelivery()

  await deliver(on, { key: '1', template: 'approval_task_text', to: '+15550100199', locale: 'en', props: SAMPLES.approval_task_text })

  expect(mails).toHaveLength(0)
  expect(texts).toMatchObject([{ to: '+15550100199', tenant: 'main', template: 'approval_task_text' }])
})

test.each(['a@example.com, b@example.com', 'a@example.com\r\nBcc: b@example.com', '', 'A <a@example.com>'])(
  '%j is not one receiver',
  async (to) => {
    const { on, mails } = openDelivery()

    await expect(deliver(on, { ...message, to })).rejects.toMatchObject({ code: 'invalid_request' })

    expect(mails).toHaveLength(0)
  },
)

test('the tenant’s name before the sender’s address cannot end it', () => {
  expect(mailbox('Main "Cabs"\r\nX: y', 'no-reply@id.example')).toBe('"Main Cabs X: y" <no-reply@id.example>')
})
