/** @jsxImportSource hono/jsx */
/** The password policy as a list of sentences. The script of password_script.ts ticks off those that it can see; the server decides. */
import type { PasswordRules } from '@gatehouse/core/tenant.ts'
import type { Words } from './catalogue.ts'
import { Field } from './form.tsx'
import type { Problem } from './page_props.ts'

type NewPasswordProps = {
  words: Words
  policy: PasswordRules
  problem: Problem | undefined
  autofocus: boolean
}

export function NewPassword({ words, policy, problem, autofocus }: NewPasswordProps) {
  const { passwordRules, fields } = words.text
  const sentences = [
    {
      rule: `minimum:${policy.minimumLength}`,
      text: words.say(passwordRules.minimum, { count: policy.minimumLength }),
      live: true,
      holds: true,
    },
    { rule: 'username', text: passwordRules.username, live: true, holds: policy.refuseUserName },
    { rule: 'common', text: passwordRules.common, live: false, holds: policy.refuseCommon },
  ].filter(({ holds }) => holds)
  return (
    <div class="new-password">
      <Field
        words={words}
        name="new_password"
        label={fields.new_password}
        type="password"
        autocomplete="new-password"
        ltr
        problem={problem}
        autofocus={autofocus}
        describedBy="password-rules"
        maxlength={1024}
        watch="password"
      />
      <div id="password-rules" class="rules">
        <p>{passwordRules.title}</p>
        <ul>
          {sentences.map(({ rule, text, live }) => (
            <li {...(live ? { 'data-rule': rule, 'data-met': passwordRules.met, 'data-unmet': passwordRules.unmet } : {})}>
              <span>{text}</span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
