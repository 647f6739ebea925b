/** To the applicant: no account, and why. */
import { greeting } from '../greeting.ts'
import { action, type Block, facts, paragraph } from '../letter.ts'
import { mailTemplate } from '../template.ts'

export type RegistrationRejectedProps = {
  name?: string
  username: string
  outcome: 'rejected' | 'expired' | 'aborted' | 'failed'
  /** What the person who rejected it wrote. */
  reason?: string
  /** Absent where self-registration is off by now. */
  signupUrl?: string
}

export const registrationRejected = mailTemplate<RegistrationRejectedProps>((words, brand, props) => {
  const { registrationRejected: text, facts: names } = words.text
  const reason = props.reason?.trim() ?? ''
  const said: Block[] = reason === '' ? [] : [paragraph(text.reason), { kind: 'quotation', text: reason }]
  return {
    subject: words.say(text.subject, { brand: brand.display_name }),
    title: text.title,
    blocks: [
      greeting(words, props.name),
      paragraph(text[props.outcome]),
      ...said,
      facts([names.username, props.username]),
      ...(props.signupUrl === undefined ? [] : [action(text.action, props.signupUrl)]),
    ],
  }
})
