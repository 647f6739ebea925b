/** Why a password cannot be recovered: told to the owner of the mailbox, and to nobody on a page. */
import { greeting } from '../greeting.ts'
import { action, facts, paragraph } from '../letter.ts'
import { mailTemplate } from '../template.ts'

export type RecoveryRefusedProps = { name?: string; username: string; because: 'suspended' | 'second_factor'; loginUrl: string }

export const recoveryRefused = mailTemplate<RecoveryRefusedProps>((words, brand, props) => {
  const { recoveryRefused: text, facts: names } = words.text
  const values = { brand: brand.display_name }
  return {
    subject: words.say(text.subject, values),
    title: text.title,
    blocks: [
      greeting(words, props.name),
      paragraph(words.say(text[props.because], values)),
      facts([names.username, props.username]),
      action(text.action, props.loginUrl),
    ],
  }
})
