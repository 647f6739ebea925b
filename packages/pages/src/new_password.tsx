/** @jsxImportSource hono/jsx */
/** A new password: asked for in the midst of a sign-in, or where a mailed link leads. Posts `new_password`. */
import type { EndedSessions, PasswordRules } from '@gatehouse/core/tenant.ts'
import { wordsOf } from './catalogue.ts'
import { Field, Form } from './form.tsx'
import { renderFrame } from './frame.tsx'
import type { FormProps, PageProps, Problem } from './page_props.ts'
import { NewPassword } from './password_rules.tsx'
import { type RecoveryNotice, RecoveryNoticeArea } from './recover.tsx'
import { RECOVERY_CATALOGUES, type RecoveryCatalogue } from './recovery_words.ts'

export type NewPasswordProps = PageProps &
  FormProps & {
    because: keyof RecoveryCatalogue['newPassword']['because']
    user: { username: string; displayName?: string }
    passwordPolicy: PasswordRules
    /** Absent where a link says whose password it is. */
    switchUserHref?: string
    /** It can be put off: posted as `later`. */
    mayWait?: boolean
    /** Which sessions end with it; absent where there are none yet. */
    ends?: EndedSessions
    /** A code of an app, or a recovery code, is asked for as well. Posted as `otp`. */
    asksCode?: boolean
    notice?: RecoveryNotice
    problem?: Problem
    codeProblem?: Problem
  }

export function renderNewPassword(props: NewPasswordProps): string {
  const words = wordsOf(props.locale)
  const { newPassword } = RECOVERY_CATALOGUES[props.locale]
  const { user, because, switchUserHref } = props
  const brand = <bdi class="strong">{props.brand.displayName}</bdi>
  return renderFrame({
    page: props,
    words,
    title: newPassword.title,
    failed: props.problem !== undefined || props.codeProblem !== undefined,
    script: true,
    children: (
      <>
        <h1>{newPassword.title}</h1>
        <p class="lead">{words.mix(newPassword.because[because], { brand })}</p>
        <p class="quiet small">
          {words.mix(newPassword.account, { user: <bdi class="strong">{user.displayName ?? user.username}</bdi> })}{' '}
          {switchUserHref === undefined ? null : <a href={switchUserHref}>{newPassword.notYou}</a>}
        </p>
        <RecoveryNoticeArea words={words} notice={props.notice} />
        <Form form={props}>
          {/* For password managers, and for the script's rule about the own name. */}
          <input type="text" name="username" value={user.username} autocomplete="username" readonly hidden />
          <NewPassword words={words} policy={props.passwordPolicy} problem={props.problem} autofocus={props.codeProblem === undefined} />
          {props.asksCode ? (
            <Field
              words={words}
              name="otp"
              label={newPassword.code}
              autocomplete="one-time-code"
              ltr
              hint={newPassword.codeHint}
              problem={props.codeProblem}
              autofocus={props.codeProblem !== undefined}
              maxlength={32}
            />
          ) : null}
          <button class="button button-primary" type="submit">
            {newPassword.submit}
          </button>
          {props.mayWait ? (
            <button class="button" type="submit" name="later" value="yes" formnovalidate>
              {newPassword.later}
            </button>
          ) : null}
        </Form>
        <p class="quiet small">{props.ends === undefined ? newPassword.mail : `${newPassword.sessions[props.ends]} ${newPassword.mail}`}</p>
      </>
    ),
  })
}
