/** To a person whose account nobody has used for long: that it will be suspended, or that it is, and how it is opened again. */
import { greeting } from '../greeting.ts'
import { action, facts, paragraph } from '../letter.ts'
import { mailTemplate } from '../template.ts'

export type IdleAccountProps = {
  name?: string
  username: string
  /** `suspended_ask`: only an administrator opens it again. */
  stage: 'warned' | 'suspended' | 'suspended_ask'
  /** When it will be, or was, suspended: milliseconds since the epoch. */
  at: number
  url: string
}

export const idleAccount = mailTemplate<IdleAccountProps>((words, brand, props) => {
  const { idleAccount: text } = words.text.safety
  const { facts: names } = words.text
  const values = { brand: brand.display_name }
  return {
    subject: words.say(text.subject[props.stage], values),
    title: text.title[props.stage],
    blocks: [
      greeting(words, props.name),
      paragraph(words.say(text[props.stage], values)),
      facts([names.username, props.username], [text.when, words.moment(props.at)]),
      action(text.action[props.stage], props.url),
    ],
  }
})
