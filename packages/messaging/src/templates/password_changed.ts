/** To a person whose password was changed, in case it was somebody else. */
import { greeting } from '../greeting.ts'
import { action, facts, paragraph } from '../letter.ts'
import { mailTemplate } from '../template.ts'

export type PasswordChangedProps = {
  name?: string
  username: string
  by: 'own' | 'administrator' | 'recovery' | 'invitation'
  /** Milliseconds since the epoch. */
  changedAt: number
  accountUrl: string
  /** Sets another password, once; absent where the person has no such way. */
  notMeUrl?: string
}

export const passwordChanged = mailTemplate<PasswordChangedProps>((words, brand, props) => {
  const { passwordChanged: text, facts: names } = words.text
  return {
    subject: words.say(text.subject, { brand: brand.display_name }),
    title: text.title,
    blocks: [
      greeting(words, props.name),
      paragraph(text[props.by]),
      facts([names.username, props.username], [names.time, words.moment(props.changedAt)]),
      paragraph(words.say(props.notMeUrl === undefined ? text.not : text.notMe, { brand: brand.display_name })),
      props.notMeUrl === undefined ? action(text.action, props.accountUrl) : action(text.notMeAction, props.notMeUrl),
    ],
  }
})
