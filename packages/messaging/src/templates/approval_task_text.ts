/** The approver's task as a text message, for those whose phone number is confirmed. */
import { textTemplate } from '../template.ts'

export type ApprovalTaskTextProps = { applicant: string; requestUrl: string }

export const approvalTaskText = textTemplate<ApprovalTaskTextProps>((words, brand, { applicant, requestUrl }) =>
  words.say(words.text.approvalTask.text, { brand: brand.display_name, applicant, url: requestUrl }),
)
