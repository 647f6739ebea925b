/**
 * Every message that the house writes, by name, and how often it may arrive: what holds a one-time code is sent at most once, all else at least once. A new one
 * is a file in `templates/`, its words in each language, and a row here.
 */
import type { Locale } from '@gatehouse/core/locale.ts'
import type { Once } from '@gatehouse/ports/mailer.ts'
import type { MessageBrand } from './letter.ts'
import type { RenderedMessage, Template } from './template.ts'
import { accountLocked } from './templates/account_locked.ts'
import { addressChange, addressChangeText } from './templates/address_change.ts'
import { approvalTask } from './templates/approval_task.ts'
import { approvalTaskText } from './templates/approval_task_text.ts'
import { approvalUnassigned } from './templates/approval_unassigned.ts'
import { emailAlreadyKnown } from './templates/email_already_known.ts'
import { emailVerification } from './templates/email_verification.ts'
import { factorChanged } from './templates/factor_changed.ts'
import { idleAccount } from './templates/idle_account.ts'
import { magicLink } from './templates/magic_link.ts'
import { newBrowser } from './templates/new_browser.ts'
import { oneTimePassword, oneTimePasswordText } from './templates/one_time_password.ts'
import { passwordChangeRequired } from './templates/password_change_required.ts'
import { passwordChanged } from './templates/password_changed.ts'
import { passwordExpires } from './templates/password_expires.ts'
import { passwordRecovery, passwordRecoveryText } from './templates/password_recovery.ts'
import { recoveryRefused } from './templates/recovery_refused.ts'
import { registrationCompleted } from './templates/registration_completed.ts'
import { registrationReceived } from './templates/registration_received.ts'
import { registrationRejected } from './templates/registration_rejected.ts'
import { riskySignIn } from './templates/risky_sign_in.ts'
import { scriptMail } from './templates/script_mail.ts'
import { userInvitation } from './templates/user_invitation.ts'
import { userNameRecovery, userNameRecoveryText } from './templates/user_name_recovery.ts'

export const TEMPLATES = {
  address_change: { template: addressChange, once: 'at_least' },
  address_change_text: { template: addressChangeText, once: 'at_least' },
  account_locked: { template: accountLocked, once: 'at_least' },
  password_change_required: { template: passwordChangeRequired, once: 'at_least' },
  password_recovery: { template: passwordRecovery, once: 'at_least' },
  password_recovery_text: { template: passwordRecoveryText, once: 'at_least' },
  recovery_refused: { template: recoveryRefused, once: 'at_least' },
  user_invitation: { template: userInvitation, once: 'at_least' },
  user_name_recovery: { template: userNameRecovery, once: 'at_least' },
  user_name_recovery_text: { template: userNameRecoveryText, once: 'at_least' },
  approval_task: { template: approvalTask, once: 'at_least' },
  approval_task_text: { template: approvalTaskText, once: 'at_least' },
  approval_unassigned: { template: approvalUnassigned, once: 'at_least' },
  email_already_known: { template: emailAlreadyKnown, once: 'at_least' },
  email_verification: { template: emailVerification, once: 'at_least' },
  factor_changed: { template: factorChanged, once: 'at_least' },
  idle_account: { template: idleAccount, once: 'at_least' },
  new_browser: { template: newBrowser, once: 'at_least' },
  magic_link: { template: magicLink, once: 'at_least' },
  one_time_password: { template: oneTimePassword, once: 'at_most' },
  one_time_password_text: { template: oneTimePasswordText, once: 'at_most' },
  password_expires: { template: passwordExpires, once: 'at_least' },
  password_changed: { template: passwordChanged, once: 'at_least' },
  registration_completed: { template: registrationCompleted, once: 'at_least' },
  registration_received: { template: registrationReceived, once: 'at_least' },
  registration_rejected: { template: registrationRejected, once: 'at_least' },
  risky_sign_in: { template: riskySignIn, once: 'at_least' },
  script_mail: { template: scriptMail, once: 'at_least' },
} as const satisfies Readonly<Record<string, { readonly template: Template<never>; readonly once: Once }>>

export type TemplateName = keyof typeof TEMPLATES

export type TemplateProps = { readonly [N in TemplateName]: Parameters<(typeof TEMPLATES)[N]['template']['render']>[2] }

const TABLE: { readonly [N in TemplateName]: { readonly template: Template<TemplateProps[N]>; readonly once: Once } } = TEMPLATES

export function renderMessage<N extends TemplateName>(
  name: N,
  locale: Locale,
  brand: MessageBrand,
  props: TemplateProps[N],
): RenderedMessage {
  return TABLE[name].template.render(locale, brand, props)
}

export function onceOf(name: TemplateName): Once {
  return TABLE[name].once
}
