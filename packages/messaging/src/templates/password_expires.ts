/** To a person whose password must soon be replaced. */
import { greeting } from '../greeting.ts'
import { action, facts, paragraph } from '../letter.ts'
import { mailTemplate } from '../template.ts'

export type PasswordExpiresProps = {
  name?: string
  username: string
  /** From when on a sign-in asks for a new one: milliseconds since the epoch. */
  at: number
  /** Where it is changed. */
  url: string
}

export const passwordExpires = mailTemplate<PasswordExpiresProps>((words, brand, props) => {
  const { passwordExpires: text } = words.text.safety
  const { facts: names } = words.text
  const values = { brand: brand.display_name }
  return {
    subject: words.say(text.subject, values),
    title: text.title,
    blocks: [
      greeting(words, props.name),
      paragraph(words.say(text.body, values)),
      facts([names.username, props.username], [text.when, words.moment(props.at)]),
      action(text.action, props.url),
    ],
  }
})
