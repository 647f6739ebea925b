/** @jsxImportSource hono/jsx */
/** A refusal or an outage, told to a person: what happened and what to do in plain words, the rest folded away for support. */
import { ERROR_STATUS, type ErrorCode } from '@gatehouse/core/error.ts'
import { type Catalogue, wordsOf } from './catalogue.ts'
import { renderFrame } from './frame.tsx'
import { AlertIcon } from './icons.tsx'
import type { PageProps } from './page_props.ts'

export type ErrorProps = PageProps & {
  code: ErrorCode
  /** `IamError.description`: in English, for whoever runs the application. */
  description: string
  requestId: string
  /** Milliseconds since the epoch. */
  time: number
  retryHref?: string
  startHref?: string
  application?: { name: string; href: string }
}

type Kind = keyof Catalogue['error']['kinds']

const KIND_OF_CODE: Readonly<Partial<Record<ErrorCode, Kind>>> = {
  csrf: 'expired',
  unauthenticated: 'expired',
  reauthentication_required: 'expired',
  login_required: 'expired',
  link_expired: 'link',
}

const KIND_OF_STATUS: Readonly<Record<number, Kind>> = {
  403: 'forbidden',
  404: 'missing',
  405: 'missing',
  409: 'conflict',
  410: 'expired',
  413: 'form',
  415: 'form',
  422: 'form',
  429: 'throttled',
  500: 'outage',
  503: 'outage',
}

export function renderError(props: ErrorProps): string {
  const words = wordsOf(props.locale)
  const { error } = words.text
  const { title, body } = error.kinds[kindOf(props.code)]
  return renderFrame({
    page: props,
    words,
    title,
    children: (
      <>
        <div class="emblem emblem-error">
          <AlertIcon large />
        </div>
        <h1>{title}</h1>
        <p>{body}</p>
        <div class="actions">
          {props.retryHref === undefined ? null : (
            <a class="button button-primary" href={props.retryHref}>
              {error.retry}
            </a>
          )}
          {props.application === undefined ? null : (
            <a class="button" href={props.application.href}>
              <span>{words.mix(error.back, { application: <bdi>{props.application.name}</bdi> })}</span>
            </a>
          )}
          {props.startHref === undefined ? null : (
            <a class="button" href={props.startHref}>
              {error.home}
            </a>
          )}
        </div>
        <details class="details">
          <summary>{error.details}</summary>
          <dl>
            <dt>{error.code}</dt>
            <dd class="code">{props.code}</dd>
            <dt>{error.message}</dt>
            <dd lang="en" dir="ltr">
              {props.description}
            </dd>
            <dt>{error.requestId}</dt>
            <dd class="code">{props.requestId}</dd>
            <dt>{error.time}</dt>
            <dd class="code">{new Date(props.time).toISOString()}</dd>
          </dl>
        </details>
      </>
    ),
  })
}

function kindOf(code: ErrorCode): Kind {
  return KIND_OF_CODE[code] ?? KIND_OF_STATUS[ERROR_STATUS[code]] ?? 'application'
}
