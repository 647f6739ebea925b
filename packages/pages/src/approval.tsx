/** @jsxImportSource hono/jsx */
/** One request for approval without JavaScript: everything that was asked, the steps, and the buttons named `decision`. */

import { type Locale, readableValue } from '@gatehouse/core/locale.ts'
import type { RequestDetail, ShownStep } from '@gatehouse/core/my_account.ts'
import type { PatternOf } from '@gatehouse/core/phrase.ts'
import { type Words, wordsOf } from './catalogue.ts'
import { Form } from './form.tsx'
import { renderFrame } from './frame.tsx'
import { AlertIcon, CheckIcon } from './icons.tsx'
import { requests as ar, account as arAccount } from './locales/ar_account.ts'
import { requests as de, account as deAccount } from './locales/de_account.ts'
import { requests as en, account as enAccount } from './locales/en_account.ts'
import type { FormProps, PageProps } from './page_props.ts'

type RequestWords = PatternOf<typeof en>

const WORDS: Readonly<Record<Locale, { readonly requests: RequestWords; readonly account: PatternOf<typeof enAccount> }>> = {
  en: { requests: en, account: enAccount },
  de: { requests: de, account: deAccount },
  ar: { requests: ar, account: arAccount },
}

export type ApprovalNotice = 'claimed' | 'released' | 'approvedByYou' | 'rejectedByYou' | 'conflict' | 'notYours'

export type ApprovalProps = PageProps &
  FormProps & {
    request: RequestDetail
    /** Where all approvals are listed. */
    listHref: string
    notice?: ApprovalNotice
    /** As it was typed, where it is shown again. */
    comment?: string
  }

export function renderApproval(props: ApprovalProps): string {
  const words = wordsOf(props.locale)
  const { requests, account } = WORDS[props.locale]
  const { request } = props
  const title = nameIn(requests.kinds, request.operation)
  return renderFrame({
    page: props,
    words,
    title,
    layout: 'reading',
    failed: props.notice === 'conflict' || props.notice === 'notYours',
    children: (
      <>
        <h1>
          {title}: <bdi>{request.requester.name}</bdi>
        </h1>
        {props.notice === undefined ? null : <NoticeOf notice={props.notice} requests={requests} />}
        <p>
          <span class="state">{requests.states[request.state]}</span>
        </p>
        <h2>{requests.whole}</h2>
        <dl class="facts">
          <Fact name={requests.asker} value={request.requester.name} />
          <Fact name={requests.when} value={words.dateTime(Date.parse(request.askedAt))} />
          {request.data.map(({ name, value }) => (
            <Fact name={nameIn(requests.fields, name)} value={readableValue(name, value, props.locale)} />
          ))}
          <Fact name={requests.workflow} value={request.workflow} />
          <Fact name={requests.reference} value={request.requestId} />
        </dl>
        {request.data.length === 0 ? <p class="quiet small">{requests.erased}</p> : null}
        <h2>{requests.steps}</h2>
        <ol class="steps">
          {request.steps.map((step) => (
            <Step words={words} requests={requests} step={step} />
          ))}
        </ol>
        <Decide words={words} requests={requests} props={props} />
        <p class="aside">
          <a href={props.listHref}>{account.back}</a>
        </p>
      </>
    ),
  })
}

export type ApprovalUnseenProps = PageProps & { userName: string; listHref: string }

/** The link is right, but the request is not for this person. */
export function renderApprovalUnseen(props: ApprovalUnseenProps): string {
  const words = wordsOf(props.locale)
  const { requests, account } = WORDS[props.locale]
  return renderFrame({
    page: props,
    words,
    title: requests.notYoursTitle,
    failed: true,
    children: (
      <>
        <h1>{requests.notYoursTitle}</h1>
        <p>{words.mix(requests.notYoursBody, { user: <bdi>{props.userName}</bdi> })}</p>
        <div class="actions">
          <a class="button" href={props.listHref}>
            {account.back}
          </a>
        </div>
      </>
    ),
  })
}

function NoticeOf({ notice, requests }: { notice: ApprovalNotice; requests: RequestWords }) {
  const failed = notice === 'conflict' || notice === 'notYours'
  return (
    <div class={`notice notice-${failed ? 'error' : 'success'}`} role={failed ? 'alert' : 'status'}>
      {failed ? <AlertIcon /> : <CheckIcon />}
      <p>{requests[notice]}</p>
    </div>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <bdi>{value}</bdi>
      </dd>
    </>
  )
}

const STEP_SIGNS: Readonly<Record<ShownStep['state'], 'done' | 'current' | 'open' | 'refused'>> = {
  to_come: 'open',
  not_reached: 'open',
  waiting: 'current',
  approved: 'done',
  rejected: 'refused',
  expired: 'refused',
}

function Step({ words, requests, step }: { words: Words; requests: RequestWords; step: ShownStep }) {
  const { decision } = step
  return (
    <li class={`step step-${STEP_SIGNS[step.state]}`} aria-current={step.state === 'waiting' ? 'step' : undefined}>
      <p>
        <bdi>{step.name}</bdi>
        <span class="quiet small">{requests.stepStates[step.state]}</span>
      </p>
      {decision === undefined ? (
        <p class="quiet small">
          {step.claimedBy
            ? words.mix(requests.claimedBy, { name: <bdi>{step.claimedBy.name}</bdi> })
            : words.mix(requests.approvers, { approvers: <bdi>{step.approvers.join(', ')}</bdi> })}
        </p>
      ) : (
        <>
          <p class="quiet small">
            {words.mix(decision.verdict === 'approve' ? requests.approvedBy : requests.rejectedBy, { name: <bdi>{decision.by.name}</bdi> })}
            , {words.dateTime(Date.parse(decision.at))}
          </p>
          {decision.comment === undefined ? null : <blockquote dir="auto">{decision.comment}</blockquote>}
        </>
      )}
      {step.unassigned ? <p class="problem">{requests.unassigned}</p> : null}
    </li>
  )
}

function Decide({ words, requests, props }: { words: Words; requests: RequestWords; props: ApprovalProps }) {
  const { may, claimedBy, claimedByMe, level, state } = props.request
  if (state === 'waiting' && claimedBy && !claimedByMe)
    return <p>{words.mix(requests.claimedByHint, { name: <bdi>{claimedBy.name}</bdi> })}</p>
  if (may.length === 0) return null
  return (
    <Form form={{ action: props.action, csrf: props.csrf, hidden: { level: String(level) } }}>
      <div class="field">
        <label for="field-comment">{requests.comment}</label>
        <div class="input">
          <textarea id="field-comment" name="comment" rows={3} maxlength={2000} dir="auto" aria-describedby="field-comment-hint">
            {props.comment ?? ''}
          </textarea>
        </div>
        <p class="hint" id="field-comment-hint">
          {requests.commentHint}
        </p>
      </div>
      <div class="actions actions-pair">
        {may.includes('approve') ? (
          <button class="button button-primary" type="submit" name="decision" value="approve">
            {requests.approve}
          </button>
        ) : null}
        {may.includes('reject') ? (
          <button class="button" type="submit" name="decision" value="reject">
            {requests.reject}
          </button>
        ) : null}
        {may.includes('claim') ? (
          <button class="button" type="submit" name="task" value="claim">
            {requests.claim}
          </button>
        ) : null}
        {may.includes('release') ? (
          <button class="button" type="submit" name="task" value="release">
            {requests.release}
          </button>
        ) : null}
      </div>
    </Form>
  )
}

/** What has no words yet is shown under its own name. */
function nameIn(names: Readonly<Record<string, string>>, name: string): string {
  return names[name] ?? name.replaceAll('_', ' ')
}
