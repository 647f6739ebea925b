/** A code, by mail or as a text message: which application asks, from where and when, so that whoever did not ask knows. */
import { placeName, type ShownPlace } from '@gatehouse/core/place.ts'
import { greeting } from '../greeting.ts'
import { code, facts, paragraph, quiet } from '../letter.ts'
import { mailTemplate, textTemplate } from '../template.ts'

export type OneTimePasswordProps = {
  name?: string
  oneTimePassword: string
  /** `first_step`: nobody has given a password. */
  purpose: 'sign_in' | 'first_step' | 'enrolment' | 'address_change' | 'recovery'
  validMinutes: number
  /** The application that the person signs in to; absent: My Account. */
  application?: string
  /** Milliseconds since the epoch. */
  askedAt: number
  /** The network address that asked. */
  ip?: string
  place?: ShownPlace
  username: string
}

export const oneTimePassword = mailTemplate<OneTimePasswordProps>((words, brand, props) => {
  const { oneTimePassword: text, facts: names } = words.text
  return {
    // Not in the subject: a locked phone shows that.
    subject: words.say(text.subject, { brand: brand.display_name }),
    title: text.title,
    blocks: [
      greeting(words, props.name),
      paragraph(text[props.purpose]),
      code(props.oneTimePassword),
      paragraph(words.say(text.valid, { count: props.validMinutes })),
      facts(
        [names.username, props.username],
        ...(props.application === undefined ? [] : [[names.application, props.application] as const]),
        [names.time, words.moment(props.askedAt)],
        ...(props.place === undefined ? [] : [[names.place, placeName(props.place, words.locale)] as const]),
        ...(props.ip === undefined ? [] : [[names.network, props.ip] as const]),
      ),
      quiet(words.say(props.purpose === 'first_step' ? text.quietFirst : text.quiet, { brand: brand.display_name })),
    ],
  }
})

export const oneTimePasswordText = textTemplate<OneTimePasswordProps>((words, brand, props) =>
  words.say(words.text.oneTimePassword.text, {
    code: props.oneTimePassword,
    application: props.application ?? brand.display_name,
    count: props.validMinutes,
  }),
)
