/** To each approver of a level, when it opens and again as a reminder. The link only locates the request. */
import type { Operation } from '@gatehouse/core/approval/operation.ts'
import { greeting } from '../greeting.ts'
import { action, facts, paragraph, quiet } from '../letter.ts'
import { mailTemplate } from '../template.ts'

export type ApprovalTaskProps = {
  /** The approver. */
  name?: string
  applicant: { name: string; username: string }
  /** What is asked for. */
  operation: Operation
  workflow: string
  /** From 1. */
  level: number
  levelCount: number
  levelName: string
  /** Milliseconds since the epoch. */
  askedAt: number
  requestUrl: string
  reminder?: boolean
}

export const approvalTask = mailTemplate<ApprovalTaskProps>((words, brand, props) => {
  const { approvalTask: text, facts: names, step } = words.text
  const asks = text.asks[props.operation]
  const applicant = props.applicant.name
  return {
    subject: words.say(props.reminder ? text.reminderSubject : asks.subject, { applicant }),
    title: asks.title,
    blocks: [
      greeting(words, props.name),
      paragraph(words.say(asks.body, { applicant, brand: brand.display_name })),
      facts(
        [names.applicant, applicant],
        [names.username, props.applicant.username],
        [names.workflow, props.workflow],
        [names.step, words.say(step, { level: props.level, count: props.levelCount, name: props.levelName })],
        [names.asked, words.moment(props.askedAt)],
      ),
      action(text.action, props.requestUrl),
      quiet(text.quiet),
    ],
  }
})
