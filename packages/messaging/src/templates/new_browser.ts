/** To a person who signed in from a browser that is new to them, in case it was somebody else. */
import { greeting } from '../greeting.ts'
import { action, facts, paragraph, quiet } from '../letter.ts'
import { mailTemplate } from '../template.ts'

export type NewBrowserProps = {
  name?: string
  username: string
  /** Milliseconds since the epoch. */
  at: number
  ip?: string
  /** In words of the receiver's language. */
  place?: string
  browser?: string
  system?: string
  application?: string
  notMeUrl: string
  validDays: number
}

export const newBrowser = mailTemplate<NewBrowserProps>((words, brand, props) => {
  const { newBrowser: text, notMe, validDays } = words.text.safety
  const { facts: names } = words.text
  const values = { brand: brand.display_name }
  const device = [props.browser, props.system].filter((word) => word !== undefined).join(', ')
  return {
    subject: words.say(text.subject, values),
    title: text.title,
    blocks: [
      greeting(words, props.name),
      paragraph(words.say(text.body, values)),
      facts(
        [names.username, props.username],
        [names.time, words.moment(props.at)],
        [text.browser, device === '' ? text.unknown : device],
        ...(props.place === undefined ? [] : [[text.place, props.place] as const]),
        ...(props.ip === undefined ? [] : [[names.network, props.ip] as const]),
        ...(props.application === undefined ? [] : [[names.application, props.application] as const]),
      ),
      paragraph(text.not),
      action(notMe, props.notMeUrl),
      quiet(words.say(validDays, { count: props.validDays })),
    ],
  }
})
