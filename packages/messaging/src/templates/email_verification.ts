/** To an address that somebody entered: is it yours? */
import { greeting } from '../greeting.ts'
import { action, paragraph, quiet } from '../letter.ts'
import { mailTemplate } from '../template.ts'

export type EmailVerificationProps = { name?: string; confirmUrl: string; validHours: number }

export const emailVerification = mailTemplate<EmailVerificationProps>((words, brand, props) => {
  const { emailVerification: text, validHours } = words.text
  return {
    subject: words.say(text.subject, { brand: brand.display_name }),
    title: text.title,
    blocks: [
      greeting(words, props.name),
      paragraph(words.say(text.body, { brand: brand.display_name })),
      action(text.action, props.confirmUrl),
      quiet(`${words.say(validHours, { count: props.validHours })} ${text.quiet}`),
    ],
  }
})
