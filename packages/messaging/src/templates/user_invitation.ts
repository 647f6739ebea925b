/** To a person for whom an administrator made an account: a link to set the password, which proves the mailbox, too. */
import { greeting } from '../greeting.ts'
import { action, facts, paragraph, quiet } from '../letter.ts'
import { mailTemplate } from '../template.ts'

export type UserInvitationProps = {
  name?: string
  username: string
  invitationUrl: string
  /** Milliseconds since the epoch. */
  expiresAt: number
}

export const userInvitation = mailTemplate<UserInvitationProps>((words, brand, props) => {
  const { userInvitation: text, facts: names } = words.text
  const values = { brand: brand.display_name }
  return {
    subject: words.say(text.subject, values),
    title: words.say(text.title, values),
    blocks: [
      greeting(words, props.name),
      paragraph(words.say(text.body, values)),
      facts([names.username, props.username]),
      action(text.action, props.invitationUrl),
      paragraph(words.say(text.until, { time: words.moment(props.expiresAt) })),
      quiet(words.say(text.quiet, values)),
    ],
  }
})
