/** @jsxImportSource hono/jsx */
/** Where the one-time link of the first start leads: the first administrator sets up the own account. */
import type { PasswordRules } from '@gatehouse/core/tenant.ts'
import { wordsOf } from './catalogue.ts'
import { Field, Form, focusName, NoticeArea, ProblemSummary } from './form.tsx'
import { renderFrame } from './frame.tsx'
import { NameAndEmail } from './name_and_email.tsx'
import type { FormProps, Notice, PageProps, Problems } from './page_props.ts'
import { NewPassword } from './password_rules.tsx'

export type AdminInviteProps = PageProps &
  FormProps & {
    values?: { username?: string; given_name?: string; family_name?: string; email?: string }
    passwordPolicy: PasswordRules
    notice?: Notice
    problems?: Problems
  }

const NAMES = ['username', 'given_name', 'family_name', 'email', 'new_password'] as const

export function renderAdminInvite(props: AdminInviteProps): string {
  const words = wordsOf(props.locale)
  const { adminInvite, fields } = words.text
  const { values = {}, problems } = props
  const focus = focusName(NAMES, problems, 'username')
  return renderFrame({
    page: props,
    words,
    title: words.say(adminInvite.title, { brand: props.brand.displayName }),
    failed: problems !== undefined,
    script: true,
    children: (
      <>
        <h1>{words.mix(adminInvite.title, { brand: <bdi>{props.brand.displayName}</bdi> })}</h1>
        <p class="lead">{adminInvite.intro}</p>
        <NoticeArea words={words} notice={props.notice} />
        <ProblemSummary words={words} problems={problems} labels={fields} />
        <Form form={props}>
          <Field
            words={words}
            name="username"
            label={fields.username}
            autocomplete="username"
            ltr
            value={values.username}
            problem={problems?.username}
            autofocus={focus === 'username'}
          />
          <NameAndEmail words={words} values={values} problems={problems} focus={focus} />
          <NewPassword words={words} policy={props.passwordPolicy} problem={problems?.new_password} autofocus={focus === 'new_password'} />
          <button class="button button-primary" type="submit">
            {adminInvite.submit}
          </button>
        </Form>
      </>
    ),
  })
}
