/** To whoever shall administer a new tenant first. */
import { greeting } from '../greeting.ts'
import { action, paragraph, quiet } from '../letter.ts'
import { mailTemplate } from '../template.ts'

export type FirstAdminInviteProps = { name?: string; inviteUrl: string; validHours: number }

export const firstAdminInvite = mailTemplate<FirstAdminInviteProps>((words, brand, props) => {
  const { firstAdminInvite: text, validHours } = words.text
  return {
    subject: words.say(text.subject, { brand: brand.display_name }),
    title: text.title,
    blocks: [
      greeting(words, props.name),
      paragraph(text.body),
      action(text.action, props.inviteUrl),
      quiet(`${words.say(validHours, { count: props.validHours })} ${text.quiet}`),
    ],
  }
})
