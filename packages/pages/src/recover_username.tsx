/** @jsxImportSource hono/jsx */
/** A forgotten user name is sent to the address or number that it belongs to. Posts `email` or `phone_number`; the answer is the same for all. */
import type { UserNameWay } from '@gatehouse/core/recovery_policy.ts'
import { wordsOf } from './catalogue.ts'
import { CaptchaSlot, Field, Form } from './form.tsx'
import { renderFrame } from './frame.tsx'
import { MailIcon } from './icons.tsx'
import type { FormProps, PageProps, Problem } from './page_props.ts'
import { type RecoveryNotice, RecoveryNoticeArea } from './recover.tsx'
import { RECOVERY_CATALOGUES } from './recovery_words.ts'

export type RecoverUserNameProps = PageProps & { loginHref: string; notice?: RecoveryNotice } & (
    | {
        state: 'ask'
        way: UserNameWay
        form: FormProps
        typed?: string
        problem?: Problem
        others: readonly { way: UserNameWay; href: string }[]
      }
    | { state: 'sent'; address: string }
  )

export function renderRecoverUserName(props: RecoverUserNameProps): string {
  const words = wordsOf(props.locale)
  const text = RECOVERY_CATALOGUES[props.locale]
  const { userName } = text
  const title = props.state === 'ask' ? userName.title : userName.sentTitle
  return renderFrame({
    page: props,
    words,
    title,
    failed: props.state === 'ask' && props.problem !== undefined,
    children: (
      <>
        {props.state === 'sent' ? (
          <div class="emblem emblem-info">
            <MailIcon large />
          </div>
        ) : null}
        <h1>{title}</h1>
        <RecoveryNoticeArea words={words} notice={props.notice} />
        {props.state === 'sent' ? sent(props.address) : ask(props)}
        <p class="aside">
          <a href={props.loginHref}>{userName.back}</a>
        </p>
      </>
    ),
  })

  function sent(address: string) {
    return (
      <>
        <p>
          {words.mix(userName.sent, {
            address: (
              <bdi class="strong" dir="ltr">
                {address}
              </bdi>
            ),
          })}
        </p>
        <p class="quiet small">{text.sent.patience}</p>
      </>
    )
  }

  function ask({ way, form, typed, problem, others }: Extract<RecoverUserNameProps, { state: 'ask' }>) {
    const field =
      way === 'email'
        ? ({ name: 'email', label: userName.emailField, type: 'email', autocomplete: 'email' } as const)
        : ({ name: 'phone_number', label: userName.phoneField, type: 'tel', autocomplete: 'tel' } as const)
    return (
      <>
        <p class="lead">{userName.intro}</p>
        <Form form={form}>
          <Field words={words} {...field} ltr value={typed} problem={problem} autofocus maxlength={320} />
          <CaptchaSlot form={form} />
          <button class="button button-primary" type="submit">
            {userName.submit}
          </button>
        </Form>
        {others.map((other) => (
          <p class="aside">
            <a href={other.href}>{other.way === 'email' ? userName.emailField : userName.phoneField}</a>
          </p>
        ))}
      </>
    )
  }
}
