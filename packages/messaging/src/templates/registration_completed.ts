/** To the new person: the account is ready. */
import { greeting } from '../greeting.ts'
import { action, facts, paragraph } from '../letter.ts'
import { mailTemplate } from '../template.ts'

export type RegistrationCompletedProps = {
  name?: string
  username: string
  /** False where the tenant's registrations need no approval. */
  approved: boolean
  loginUrl: string
}

export const registrationCompleted = mailTemplate<RegistrationCompletedProps>((words, brand, props) => {
  const { registrationCompleted: text, facts: names } = words.text
  return {
    subject: words.say(text.subject, { brand: brand.display_name }),
    title: text.title,
    blocks: [
      greeting(words, props.name),
      paragraph(props.approved ? text.approved : text.opened),
      facts([names.username, props.username]),
      action(text.action, props.loginUrl),
    ],
  }
})
