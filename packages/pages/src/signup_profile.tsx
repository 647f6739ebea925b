/** @jsxImportSource hono/jsx */
/** Second step of self-registration: who one is, the password, and the privacy policy in its present version. */
import type { PasswordRules } from '@gatehouse/core/tenant.ts'
import { wordsOf } from './catalogue.ts'
import { CaptchaSlot, Field, Form, focusName, NoticeArea, ProblemSummary, ProblemText } from './form.tsx'
import { renderFrame } from './frame.tsx'
import { NameAndEmail } from './name_and_email.tsx'
import type { FormProps, Notice, PageProps, Problems } from './page_props.ts'
import { NewPassword } from './password_rules.tsx'
import { TickField } from './tick_field.tsx'

export type SignupProfileProps = PageProps &
  FormProps & {
    /** Chosen in the first step; posted again as `username`. */
    username: string
    changeUsernameHref: string
    loginHref: string
    values?: { given_name?: string; family_name?: string; email?: string; phone_number?: string; accept_terms?: boolean }
    passwordPolicy: PasswordRules
    /** Posted again as `policy_version`, so that what is agreed to is what was shown. Absent: the tenant has none. */
    policy?: { version: string; href: string }
    notice?: Notice
    problems?: Problems
  }

const NAMES = ['given_name', 'family_name', 'email', 'phone_number', 'new_password', 'accept_terms'] as const

export function renderSignupProfile(props: SignupProfileProps): string {
  const words = wordsOf(props.locale)
  const { signupProfile, fields } = words.text
  const { values = {}, problems } = props
  const focus = focusName(NAMES, problems, 'given_name')
  const labels = { ...fields, accept_terms: signupProfile.policy }
  return renderFrame({
    page: props,
    words,
    title: signupProfile.title,
    failed: problems !== undefined,
    script: true,
    children: (
      <>
        <h1>{signupProfile.title}</h1>
        <p class="lead">{signupProfile.intro}</p>
        <NoticeArea words={words} notice={props.notice} />
        <ProblemSummary words={words} problems={problems} labels={labels} />
        <Form form={props}>
          <input type="hidden" name="username" value={props.username} />
          <p class="chosen" id="field-username">
            <span>
              <span class="quiet">{signupProfile.username}</span>
              <bdi class="strong">{props.username}</bdi>
            </span>
            <a href={props.changeUsernameHref}>{signupProfile.changeUsername}</a>
          </p>
          <ProblemText words={words} id="field-username-problem" problem={problems?.username} />
          <NameAndEmail words={words} values={values} problems={problems} focus={focus} emailHint={signupProfile.emailHint} />
          <Field
            words={words}
            name="phone_number"
            label={fields.phone_number}
            type="tel"
            autocomplete="tel"
            ltr
            optional
            value={values.phone_number}
            hint={signupProfile.phoneHint}
            problem={problems?.phone_number}
            autofocus={focus === 'phone_number'}
          />
          <NewPassword words={words} policy={props.passwordPolicy} problem={problems?.new_password} autofocus={focus === 'new_password'} />
          {props.policy === undefined ? null : (
            <>
              <input type="hidden" name="policy_version" value={props.policy.version} />
              <TickField
                words={words}
                name="accept_terms"
                value="true"
                checked={values.accept_terms === true}
                required
                problem={problems?.accept_terms}
                autofocus={focus === 'accept_terms'}
              >
                {words.mix(signupProfile.terms, {
                  policy: (
                    <a href={props.policy.href} target="_blank" rel="noopener">
                      {signupProfile.policy} ({words.say(signupProfile.policyVersion, { version: props.policy.version })})
                    </a>
                  ),
                })}
              </TickField>
            </>
          )}
          <CaptchaSlot form={props} />
          <button class="button button-primary" type="submit">
            {signupProfile.submit}
          </button>
        </Form>
        <p class="aside">
          {signupProfile.haveAccount} <a href={props.loginHref}>{signupProfile.signIn}</a>
        </p>
      </>
    ),
  })
}
