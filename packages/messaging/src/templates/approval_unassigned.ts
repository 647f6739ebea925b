/** To the tenant's administrators: a request waits at a level that has no active approver. */
import { greeting } from '../greeting.ts'
import { action, facts, paragraph } from '../letter.ts'
import { mailTemplate } from '../template.ts'

export type ApprovalUnassignedProps = {
  /** The administrator. */
  name?: string
  applicant: string
  workflow: string
  level: number
  levelCount: number
  levelName: string
  /** Who would be approvers, if anybody had the role. */
  roles: readonly string[]
  administrationUrl: string
}

export const approvalUnassigned = mailTemplate<ApprovalUnassignedProps>((words, brand, props) => {
  const { approvalUnassigned: text, facts: names, step } = words.text
  return {
    subject: words.say(text.subject, { brand: brand.display_name }),
    title: text.title,
    blocks: [
      greeting(words, props.name),
      paragraph(text.body),
      facts(
        [names.applicant, props.applicant],
        [names.workflow, props.workflow],
        [names.step, words.say(step, { level: props.level, count: props.levelCount, name: props.levelName })],
        ...(props.roles.length === 0 ? [] : [[names.role, new Intl.ListFormat(words.locale).format(props.roles)] as const]),
      ),
      action(text.action, props.administrationUrl),
    ],
  }
})
