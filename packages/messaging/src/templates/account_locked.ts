/** To a person whose account waits after many wrong passwords: what happened, and a way in from one browser. */
import { greeting } from '../greeting.ts'
import { action, facts, paragraph, quiet } from '../letter.ts'
import { mailTemplate } from '../template.ts'

export type AccountLockedProps = {
  name?: string
  username: string
  /** Milliseconds since the epoch. */
  triedAt: number
  ip?: string
  unlockUrl: string
}

export const accountLocked = mailTemplate<AccountLockedProps>((words, brand, props) => {
  const { accountLocked: text, facts: names } = words.text
  const values = { brand: brand.display_name }
  return {
    subject: words.say(text.subject, values),
    title: text.title,
    blocks: [
      greeting(words, props.name),
      paragraph(words.say(text.body, values)),
      facts(
        [names.username, props.username],
        [names.time, words.moment(props.triedAt)],
        ...(props.ip === undefined ? [] : [[names.network, props.ip] as const]),
      ),
      paragraph(text.way),
      action(text.action, props.unlockUrl),
      quiet(text.not),
    ],
  }
})
