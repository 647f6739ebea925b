/** To a person of whom an administrator wants a new password at the next sign-in. */
import { greeting } from '../greeting.ts'
import { action, facts, paragraph } from '../letter.ts'
import { mailTemplate } from '../template.ts'

export type PasswordChangeRequiredProps = { name?: string; username: string; loginUrl: string }

export const passwordChangeRequired = mailTemplate<PasswordChangeRequiredProps>((words, brand, props) => {
  const { passwordChangeRequired: text, facts: names } = words.text
  const values = { brand: brand.display_name }
  return {
    subject: words.say(text.subject, values),
    title: text.title,
    blocks: [
      greeting(words, props.name),
      paragraph(words.say(text.body, values)),
      facts([names.username, props.username]),
      action(text.action, props.loginUrl),
    ],
  }
})
