/** Every message that the house writes, by name. A new one is a file in `templates/`, its words in each language, and a row here. */
import type { Locale } from '@gatehouse/core/locale.ts'
import type { MessageBrand } from './letter.ts'
import type { RenderedMessage, Template } from './template.ts'
import { approvalTask } from './templates/approval_task.ts'
import { approvalTaskText } from './templates/approval_task_text.ts'
import { approvalUnassigned } from './templates/approval_unassigned.ts'
import { emailAlreadyKnown } from './templates/email_already_known.ts'
import { emailVerification } from './templates/email_verification.ts'
import { passwordChanged } from './templates/password_changed.ts'
import { registrationCompleted } from './templates/registration_completed.ts'
import { registrationReceived } from './templates/registration_received.ts'
import { registrationRejected } from './templates/registration_rejected.ts'

export const TEMPLATES = {
  approval_task: approvalTask,
  approval_task_text: approvalTaskText,
  approval_unassigned: approvalUnassigned,
  email_already_known: emailAlreadyKnown,
  email_verification: emailVerification,
  password_changed: passwordChanged,
  registration_completed: registrationCompleted,
  registration_received: registrationReceived,
  registration_rejected: registrationRejected,
} as const

export type TemplateName = keyof typeof TEMPLATES

export type TemplateProps = { readonly [N in TemplateName]: Parameters<(typeof TEMPLATES)[N]['render']>[2] }

const TABLE: { readonly [N in TemplateName]: Template<TemplateProps[N]> } = TEMPLATES

export function renderMessage<N extends TemplateName>(
  name: N,
  locale: Locale,
  brand: MessageBrand,
  props: TemplateProps[N],
): RenderedMessage {
  return TABLE[name].render(locale, brand, props)
}
