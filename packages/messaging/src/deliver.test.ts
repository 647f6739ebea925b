import type { TenantId } from '@gatehouse/core/ids.ts'
import type { Mail } from '@gatehouse/ports/mailer.ts'
import type { TextMessage } from '@gatehouse/ports/texter.ts'
import { expect, test } from 'vitest'
import { type Delivery, deliver, mailbox } from './deliver.ts'
import { SAMPLES } from './template_samples.ts'

function openDelivery() {
  const mails: Mail[] = []
  const texts: TextMessage[] = []
  const on: Delivery = {
    mailer: { send: async (mail) => void mails.push(mail) },
    texter: { send: async (text) => void texts.push(text) },
    tenant: { id: 'main' as TenantId, display_name: 'Main "Cabs"\r\nX: y', branding: {}, locales: ['de', 'en'] },
    from: 'no-reply@id.example',
  }
  return { on, mails, texts }
}

const message = {
  key: 'evt_1/registration_completed/jo',
  template: 'registration_completed',
  to: 'jo@example.com',
  props: SAMPLES.registration_completed,
} as const

test('a redelivered event makes the same message, whose id tells nothing of its receiver', async () => {
  const { on, mails } = openDelivery()

  for (const key of [message.key, message.key, 'evt_2/registration_completed/jo']) await deliver(on, { ...message, key })

  const [first, again, other] = mails.map(({ id }) => id)
  expect(again).toBe(first)
  expect(other).not.toBe(first)
  expect(first).toMatch(/^msg_[\w-]{22}$/)
  expect(mails[0]?.once).toBe('at_least')
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
