/** To the applicant: the registration waits for approval; with the link that confirms the address. */
import { greeting } from '../greeting.ts'
import { action, facts, paragraph, quiet } from '../letter.ts'
import { mailTemplate } from '../template.ts'

export type RegistrationReceivedProps = { name?: string; username: string; confirmUrl: string; validHours: number }

export const registrationReceived = mailTemplate<RegistrationReceivedProps>((words, brand, props) => {
  const { registrationReceived: text, facts: names, validHours } = words.text
  return {
    subject: words.say(text.subject, { brand: brand.display_name }),
    title: text.title,
    blocks: [
      greeting(words, props.name),
      paragraph(text.body),
      facts([names.username, props.username]),
      paragraph(text.confirm),
      action(text.action, props.confirmUrl),
      quiet(`${words.say(validHours, { count: props.validHours })} ${text.quiet}`),
    ],
  }
})
