/** A link that signs in: which application asks, from where and when, and what it does where it is opened. */
import { placeName, type ShownPlace } from '@gatehouse/core/place.ts'
import { greeting } from '../greeting.ts'
import { action, facts, paragraph, quiet } from '../letter.ts'
import { mailTemplate } from '../template.ts'

export type MagicLinkProps = {
  name?: string
  username: string
  /** Good for so long, and once. */
  validMinutes: number
  linkUrl: string
  /** The application that the person signs in to; absent: My Account. */
  application?: string
  /** Milliseconds since the epoch. */
  askedAt: number
  /** The network address that asked. */
  ip?: string
  place?: ShownPlace
}

export const magicLink = mailTemplate<MagicLinkProps>((words, brand, props) => {
  const { magicLink: text, facts: names } = words.text
  return {
    subject: words.say(text.subject, { brand: brand.display_name }),
    title: text.title,
    blocks: [
      greeting(words, props.name),
      paragraph(text.body),
      action(text.action, props.linkUrl),
      paragraph(words.say(text.valid, { count: props.validMinutes })),
      facts(
        [names.username, props.username],
        ...(props.application === undefined ? [] : [[names.application, props.application] as const]),
        [names.time, words.moment(props.askedAt)],
        ...(props.place === undefined ? [] : [[names.place, placeName(props.place, words.locale)] as const]),
        ...(props.ip === undefined ? [] : [[names.network, props.ip] as const]),
      ),
      quiet(words.say(text.quiet, { brand: brand.display_name })),
    ],
  }
})
