/** To a person with whose password somebody signs in, or tries to, in a way that is unusual for them: what was seen, and "this was not me". */
import type { RiskyOutcome } from '@gatehouse/core/risk/risk_policy.ts'
import type { SignalKind } from '@gatehouse/core/risk/signal.ts'
import { greeting } from '../greeting.ts'
import { action, facts, paragraph, quiet } from '../letter.ts'
import { mailTemplate } from '../template.ts'

export type RiskySignInProps = {
  name?: string
  username: string
  /** Milliseconds since the epoch. */
  at: number
  outcome: RiskyOutcome
  signals: readonly SignalKind[]
  ip?: string
  /** In words of the receiver's language. */
  place?: string
  /** Browser and system. */
  device?: string
  application?: string
  notMeUrl: string
  validDays: number
}

export const riskySignIn = mailTemplate<RiskySignInProps>((words, brand, props) => {
  const { riskySignIn: text, newBrowser, notMe, validDays } = words.text.safety
  const { facts: names } = words.text
  const values = { brand: brand.display_name }
  return {
    subject: words.say(text.subject, values),
    title: text.title,
    blocks: [
      greeting(words, props.name),
      paragraph(`${words.say(text.body, values)} ${text.outcomes[props.outcome]}`),
      facts(
        [names.username, props.username],
        [names.time, words.moment(props.at)],
        ...props.signals.map((signal) => [text.seen, text.signals[signal]] as const),
        ...(props.device ? [[newBrowser.browser, props.device] as const] : []),
        ...(props.place === undefined ? [] : [[newBrowser.place, props.place] as const]),
        ...(props.ip === undefined ? [] : [[names.network, props.ip] as const]),
        ...(props.application === undefined ? [] : [[names.application, props.application] as const]),
      ),
      paragraph(text.not),
      action(notMe, props.notMeUrl),
      quiet(words.say(validDays, { count: props.validDays })),
    ],
  }
})
