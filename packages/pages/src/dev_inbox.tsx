/** @jsxImportSource hono/jsx */
/** Local only: every mail and text message that was sent, seen as its receiver would see it. A mail is shown in a sandboxed frame. */
import { type Words, wordsOf } from './catalogue.ts'
import { renderFrame } from './frame.tsx'
import { ChatIcon, MailIcon } from './icons.tsx'
import { linkedText, mailDocument } from './mail_document.tsx'
import type { PageProps } from './page_props.ts'

export type InboxEntry = {
  id: string
  kind: 'mail' | 'text'
  to: string
  /** A mail's subject. */
  subject?: string
  /** A mail's plain text, or the text message. */
  text: string
  /** Milliseconds since the epoch. */
  sentAt: number
  tenant: string
  template: string
  /** BCP 47. */
  locale: string
}

export type InboxMessage = InboxEntry & ({ kind: 'text' } | { kind: 'mail'; subject: string; from: string; html: string })

export type DevInboxProps = PageProps & {
  /** The address of the list; the filter is its query parameter `to`. */
  inboxHref: string
  /** Newest first. */
  entries: readonly (InboxEntry & { href: string })[]
  selected?: InboxMessage
  /** Everyone who was sent something. */
  receivers: readonly string[]
  /** The filter in force. */
  receiver?: string
  newerHref?: string
  olderHref?: string
}

export function renderDevInbox(props: DevInboxProps): string {
  const words = wordsOf(props.locale)
  const { devInbox } = words.text
  return renderFrame({
    page: props,
    words,
    title: props.selected?.subject ?? devInbox.title,
    layout: 'broad',
    children: (
      <div class={inboxClass(props)}>
        <section class="inbox-list" aria-labelledby="inbox-title">
          <header>
            <h1 id="inbox-title">{devInbox.title}</h1>
            <p class="quiet small">{devInbox.intro}</p>
          </header>
          {props.receivers.length === 0 ? null : <Filter words={words} props={props} />}
          {props.entries.length === 0 ? <Empty words={words} receiver={props.receiver} /> : <Entries words={words} props={props} />}
          {props.newerHref === undefined && props.olderHref === undefined ? null : (
            <p class="pager">
              {props.newerHref === undefined ? <span></span> : <a href={props.newerHref}>{devInbox.newer}</a>}
              {props.olderHref === undefined ? null : <a href={props.olderHref}>{devInbox.older}</a>}
            </p>
          )}
        </section>
        <section
          class="inbox-reader"
          aria-label={props.selected === undefined ? devInbox.chooseTitle : props.selected.kind === 'mail' ? devInbox.mail : devInbox.text}
        >
          {props.selected === undefined ? (
            <div class="empty">
              <MailIcon large />
              <h2>{devInbox.chooseTitle}</h2>
              <p class="quiet">{devInbox.choose}</p>
            </div>
          ) : (
            <Reader words={words} message={props.selected} nonce={props.nonce} backHref={listHref(props)} />
          )}
        </section>
      </div>
    ),
  })
}

function Filter({ words, props }: { words: Words; props: DevInboxProps }) {
  const { devInbox } = words.text
  return (
    <form method="get" action={props.inboxHref} class="filter">
      <label for="inbox-to">{devInbox.receiver}</label>
      <div class="filter-row">
        <select id="inbox-to" name="to">
          <option value="">{devInbox.everyone}</option>
          {props.receivers.map((receiver) => (
            <option value={receiver} selected={receiver === props.receiver}>
              {receiver}
            </option>
          ))}
        </select>
        <button class="button button-small" type="submit">
          {devInbox.filter}
        </button>
      </div>
    </form>
  )
}

function Entries({ words, props }: { words: Words; props: DevInboxProps }) {
  const { devInbox } = words.text
  return (
    <ol class="entries" aria-label={devInbox.messages}>
      {props.entries.map((entry) => (
        <li>
          <a class="entry" href={entry.href} aria-current={entry.id === props.selected?.id ? 'true' : undefined}>
            <span class="entry-sign">
              {entry.kind === 'mail' ? <MailIcon /> : <ChatIcon />}
              <span class="unseen">{entry.kind === 'mail' ? devInbox.mail : devInbox.text}</span>
            </span>
            <span class="entry-words">
              <bdi class="entry-subject" lang={entry.locale}>
                {entry.subject ?? entry.text}
              </bdi>
              <bdi class="entry-to">{entry.to}</bdi>
              <time datetime={new Date(entry.sentAt).toISOString()}>{words.dateTime(entry.sentAt)}</time>
            </span>
          </a>
        </li>
      ))}
    </ol>
  )
}

function Empty({ words, receiver }: { words: Words; receiver: string | undefined }) {
  const { devInbox } = words.text
  return (
    <div class="empty">
      <MailIcon large />
      <h2>{devInbox.emptyTitle}</h2>
      <p class="quiet">{receiver === undefined ? devInbox.empty : words.mix(devInbox.emptyFor, { receiver: <bdi>{receiver}</bdi> })}</p>
    </div>
  )
}

function Reader({ words, message, nonce, backHref }: { words: Words; message: InboxMessage; nonce: string; backHref: string }) {
  const { devInbox } = words.text
  return (
    <article>
      <p class="inbox-back">
        <a href={backHref}>{devInbox.back}</a>
      </p>
      <header class="letterhead">
        <h2 dir="auto" lang={message.locale}>
          {message.kind === 'mail' ? message.subject : devInbox.text}
        </h2>
        <dl>
          {message.kind === 'mail' ? (
            <>
              <dt>{devInbox.from}</dt>
              <dd>
                <bdi>{message.from}</bdi>
              </dd>
            </>
          ) : null}
          <dt>{devInbox.to}</dt>
          <dd>
            <bdi>{message.to}</bdi>
          </dd>
          <dt>{devInbox.sent}</dt>
          <dd>
            <time datetime={new Date(message.sentAt).toISOString()}>{words.dateTime(message.sentAt)}</time>
          </dd>
          <dt>{devInbox.template}</dt>
          <dd class="code">
            {message.tenant} · {message.template} · {message.locale}
          </dd>
        </dl>
      </header>
      {message.kind === 'mail' ? (
        <>
          <iframe
            class="mail"
            title={devInbox.body}
            sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
            srcdoc={mailDocument(message.html, nonce)}
          ></iframe>
          <details class="details">
            <summary>{devInbox.plain}</summary>
            <pre dir="auto" lang={message.locale} tabindex={0}>
              {linkedText(message.text)}
            </pre>
          </details>
        </>
      ) : (
        <div class="phone">
          <p class="bubble" dir="auto" lang={message.locale}>
            {linkedText(message.text)}
          </p>
        </div>
      )}
    </article>
  )
}

function inboxClass({ selected, entries }: DevInboxProps): string {
  if (selected !== undefined) return 'inbox inbox-open'
  return entries.length === 0 ? 'inbox inbox-empty' : 'inbox'
}

function listHref({ inboxHref, receiver }: DevInboxProps): string {
  return receiver === undefined ? inboxHref : `${inboxHref}?${new URLSearchParams({ to: receiver })}`
}
