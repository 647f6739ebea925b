/** The approver's task as a text message, for those whose phone number is confirmed. */
import type { Operation } from '@gatehouse/core/approval/operation.ts'
import { textTemplate } from '../template.ts'

export type ApprovalTaskTextProps = { operation: Operation; applicant: string; requestUrl: string }

export const approvalTaskText = textTemplate<ApprovalTaskTextProps>((words, brand, { operation, applicant, requestUrl }) =>
  words.say(words.text.approvalTask.asks[operation].text, { brand: brand.display_name, applicant, url: requestUrl }),
)
