/** `/_dev/inbox`: every mail and text message that was sent. Only where the house can be reached from this machine alone, and asked for by a loopback name. */
import { negotiateLocale, SUPPORTED_LOCALES } from '@gatehouse/core/locale.ts'
import { pageHeaders } from '@gatehouse/http/headers.ts'
import { loadWords } from '@gatehouse/pages/catalogue.ts'
import { type InboxEntry, type InboxMessage, renderDevInbox } from '@gatehouse/pages/dev_inbox.tsx'
import type { Random } from '@gatehouse/ports/random.ts'
import { isLoopback } from './flags.ts'
import type { Outbox, OutboxMessage } from './ports.ts'

const PATH = '/_dev/inbox'
const PAGE = 50

/** Undefined for any other address. A foreign Host header (DNS rebinding) is answered as if there were no inbox. */
export function devInbox(outbox: Outbox, origin: string, random: Random): (request: Request) => Promise<Response | undefined> {
  return async (request) => {
    const url = new URL(request.url)
    if (url.pathname !== PATH && !url.pathname.startsWith(`${PATH}/`)) return undefined
    if (!isLoopback(url.hostname)) return undefined
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return new Response('the inbox is read only\n', { status: 405, headers: { allow: 'GET, HEAD' } })
    if (url.searchParams.get('format') === 'json')
      return Response.json(outbox.list(queryOf(url)), { headers: { 'cache-control': 'no-store' } })

    const id = url.pathname.slice(PATH.length + 1)
    const selected = id === '' ? undefined : outbox.read(id)
    const { messages, cursor } = outbox.list(queryOf(url))
    const receiver = url.searchParams.get('to') ?? undefined
    const nonce = random.token(16)
    const locale = negotiateLocale({
      uiLocales: url.searchParams.get('ui_locales') ?? undefined,
      acceptLanguage: request.headers.get('accept-language') ?? undefined,
    })
    await loadWords(locale)
    const html = renderDevInbox({
      brand: { displayName: 'Gatehouse' },
      locale,
      nonce,
      homeHref: `${origin}/user-portal`,
      languages: SUPPORTED_LOCALES.map((one) => ({ locale: one, href: hrefOf(url.pathname, { to: receiver, ui_locales: one }) })),
      inboxHref: PATH,
      entries: messages.map((message) => ({
        ...entryOf(message),
        href: hrefOf(`${PATH}/${message.id}`, { to: receiver, ui_locales: url.searchParams.get('ui_locales') ?? undefined }),
      })),
      receivers: outbox.receivers(),
      ...(receiver === undefined ? {} : { receiver }),
      ...(selected ? { selected: messageOf(selected) } : {}),
      ...(cursor === undefined ? {} : { olderHref: hrefOf(PATH, { to: receiver, cursor }) }),
      ...(url.searchParams.has('cursor') ? { newerHref: hrefOf(PATH, { to: receiver }) } : {}),
    })
    return new Response(html, { status: id !== '' && !selected ? 404 : 200, headers: inboxHeaders(nonce) })
  }
}

/** The frame of a mail may hold its own styles; it is sandboxed, so nothing in it runs. */
function inboxHeaders(nonce: string): Record<string, string> {
  const headers = pageHeaders(nonce)
  return { ...headers, 'content-security-policy': `${headers['content-security-policy']}; frame-src 'self'` }
}

function queryOf(url: URL) {
  const [to, cursor] = [url.searchParams.get('to'), url.searchParams.get('cursor')]
  return { limit: PAGE, ...(to ? { to } : {}), ...(cursor ? { cursor } : {}) }
}

function entryOf(message: OutboxMessage): InboxEntry {
  const { id, kind, to, text, sentAt, tenant, template, locale } = message
  return { id, kind, to, text, sentAt, tenant, template, locale, ...(message.kind === 'mail' ? { subject: message.subject } : {}) }
}

function messageOf(message: OutboxMessage): InboxMessage {
  return message.kind === 'mail'
    ? { ...entryOf(message), kind: 'mail', subject: message.subject, from: message.from, html: message.html }
    : { ...entryOf(message), kind: 'text' }
}

function hrefOf(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}
