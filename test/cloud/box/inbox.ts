/** What the post brought: mails that SES took and texts that SNS took, in the very outbox that the local roof keeps, behind its window `/_dev/inbox`. */
import { randomUUID } from 'node:crypto'
import { systemClock } from '@gatehouse/adapters/clock/system.ts'
import { type Outbox, openOutbox } from '@gatehouse/adapters/outbox/open_outbox.ts'
import { systemRandom } from '@gatehouse/adapters/random/system.ts'
import { devInbox } from '@gatehouse/local/dev_inbox.ts'
import type { SentMail } from './apis/ses.ts'
import type { SentText } from './apis/sns.ts'

export type Inbox = {
  readonly outbox: Outbox
  readonly mailed: (mail: SentMail) => void
  readonly texted: (text: SentText) => void
  readonly window: (request: Request) => Promise<Response | undefined>
  close(): void
}

export function openInbox(file: string, origin: string): Inbox {
  const outbox = openOutbox({ file, clock: systemClock })
  const show = devInbox(outbox, origin, systemRandom)
  return {
    outbox,
    mailed: ({ id, to, from, subject, html, text, headers, tags }) => {
      const locale = headers['content-language'] ?? ''
      const [tenant, template] = [tags.tenant ?? '', tags.template ?? '']
      void outbox.mailer.send({ id, once: 'at_least', to, from, subject, html, text, locale, tenant, template })
    },
    // SNS keeps nothing but number and words.
    texted: ({ to, text }) =>
      void outbox.texter.send({ id: randomUUID(), once: 'at_least', to, text, locale: '', tenant: '', template: '' }),
    window: (request) => show(asked(request)),
    close: () => outbox.close(),
  }
}

/** The house opens this window to `localhost` alone; a box may be called by names below it, which lead nowhere else (RFC 6761 section 6.3). */
function asked(request: Request): Request {
  const url = new URL(request.url)
  if (!url.hostname.endsWith('.localhost')) return request
  url.hostname = 'localhost'
  return new Request(url, request)
}
