/** To the owner of an address that somebody used to sign up again: the truth, told to nobody else. */
import { greeting } from '../greeting.ts'
import { action, facts, paragraph, quiet } from '../letter.ts'
import { mailTemplate } from '../template.ts'

export type EmailAlreadyKnownProps = {
  name?: string
  /** The owner's, since that is what they may have forgotten. */
  username: string
  loginUrl: string
}

export const emailAlreadyKnown = mailTemplate<EmailAlreadyKnownProps>((words, brand, props) => {
  const { emailAlreadyKnown: text, facts: names } = words.text
  return {
    subject: words.say(text.subject, { brand: brand.display_name }),
    title: text.title,
    blocks: [
      greeting(words, props.name),
      paragraph(words.say(text.body, { brand: brand.display_name })),
      facts([names.username, props.username]),
      action(text.action, props.loginUrl),
      quiet(text.quiet),
    ],
  }
})
