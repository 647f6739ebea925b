/** To a person whose second factors changed, in case it was somebody else. */
import { greeting } from '../greeting.ts'
import { action, facts, paragraph } from '../letter.ts'
import { mailTemplate } from '../template.ts'

export type FactorChangedProps = {
  name?: string
  username: string
  change: 'enrolled' | 'removed' | 'recovery_codes_made' | 'recovery_code_used' | 'copy_suspected' | 'sign_in_denied'
  factor: 'passkey' | 'totp' | 'email_otp' | 'sms_otp' | 'recovery_code' | 'push' | 'x509'
  /** Milliseconds since the epoch. */
  changedAt: number
  ip?: string
  accountUrl: string
}

/** A passkey, or a certificate, is more than a second factor. */
const OWN_WORDS: {
  readonly [F in FactorChangedProps['factor']]?: {
    readonly [C in FactorChangedProps['change']]?: 'passkeyEnrolled' | 'passkeyRemoved' | 'certificateEnrolled' | 'certificateRemoved'
  }
} = {
  passkey: { enrolled: 'passkeyEnrolled', removed: 'passkeyRemoved' },
  x509: { enrolled: 'certificateEnrolled', removed: 'certificateRemoved' },
}

export const factorChanged = mailTemplate<FactorChangedProps>((words, brand, props) => {
  const { factorChanged: text, facts: names } = words.text
  const values = { brand: brand.display_name, factor: text.factors[props.factor] }
  const isCopy = props.change === 'copy_suspected'
  return {
    subject: words.say(isCopy ? text.copySubject : text.subject, values),
    title: isCopy ? text.copyTitle : text.title,
    blocks: [
      greeting(words, props.name),
      paragraph(words.say(text[OWN_WORDS[props.factor]?.[props.change] ?? props.change], values)),
      facts(
        [names.username, props.username],
        [names.time, words.moment(props.changedAt)],
        ...(props.ip === undefined ? [] : [[names.network, props.ip] as const]),
      ),
      paragraph(words.say(text.not, values)),
      action(text.action, props.accountUrl),
    ],
  }
})
