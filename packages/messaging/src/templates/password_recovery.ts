/** A link to a new password: by mail or as a text message, to whoever forgot it, or whom an administrator wants to set another. */
import { greeting } from '../greeting.ts'
import { action, facts, paragraph, quiet } from '../letter.ts'
import { mailTemplate, textTemplate } from '../template.ts'

export type PasswordRecoveryProps = {
  name?: string
  username: string
  because: 'recovery' | 'no_password' | 'forced'
  recoverUrl: string
  /** Milliseconds since the epoch, as is the other. */
  expiresAt: number
  askedAt: number
  /** The application that the person wanted to sign in to. */
  application?: string
  /** The network address that asked. */
  ip?: string
}

export const passwordRecovery = mailTemplate<PasswordRecoveryProps>((words, brand, props) => {
  const { passwordRecovery: text, facts: names } = words.text
  const values = { brand: brand.display_name }
  return {
    subject: words.say(text.subject, values),
    title: text.title,
    blocks: [
      greeting(words, props.name),
      paragraph(words.say(text[props.because], values)),
      facts(
        [names.username, props.username],
        ...(props.application === undefined ? [] : [[names.application, props.application] as const]),
        [names.time, words.moment(props.askedAt)],
        ...(props.ip === undefined ? [] : [[names.network, props.ip] as const]),
      ),
      action(text.action, props.recoverUrl),
      paragraph(words.say(text.until, { time: words.moment(props.expiresAt) })),
      ...(props.because === 'forced' ? [] : [quiet(text.quiet)]),
    ],
  }
})

export const passwordRecoveryText = textTemplate<PasswordRecoveryProps>((words, brand, props) =>
  words.say(words.text.passwordRecovery.text, { brand: brand.display_name, username: props.username, url: props.recoverUrl }),
)
