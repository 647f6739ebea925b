/** The user names that belong to an address or number, to it. */
import { greeting } from '../greeting.ts'
import { action, facts, paragraph, quiet } from '../letter.ts'
import { mailTemplate, textTemplate } from '../template.ts'

export type UserNameRecoveryProps = { name?: string; usernames: readonly string[]; loginUrl: string }

export const userNameRecovery = mailTemplate<UserNameRecoveryProps>((words, brand, props) => {
  const { userNameRecovery: text, facts: names } = words.text
  const values = { brand: brand.display_name }
  return {
    subject: words.say(text.subject, values),
    title: text.title,
    blocks: [
      greeting(words, props.name),
      paragraph(words.say(text.body, values)),
      facts(...props.usernames.map((userName) => [names.username, userName] as const)),
      action(text.action, props.loginUrl),
      quiet(text.quiet),
    ],
  }
})

export const userNameRecoveryText = textTemplate<UserNameRecoveryProps>((words, brand, props) =>
  words.say(words.text.userNameRecovery.text, { brand: brand.display_name, names: props.usernames.join(', '), url: props.loginUrl }),
)
