/** How people who forgot something, or are locked out, come back: per tenant. */

/** What is sent, and by what. */
export const RECOVERY_WAYS = ['email_link', 'email_code', 'sms_link', 'sms_code'] as const
export type RecoveryWay = (typeof RECOVERY_WAYS)[number]

export const USER_NAME_WAYS = ['email', 'sms'] as const
export type UserNameWay = (typeof USER_NAME_WAYS)[number]

export type RecoveryPolicy = {
  /** Ways to a new password, the first is proposed; none: an administrator is asked. */
  readonly password: readonly RecoveryWay[]
  readonly userName: readonly UserNameWay[]
  /** How long a mailed link is good. */
  readonly linkSeconds: number
  readonly invitationSeconds: number
  /**
   * A mailbox or phone that gets the codes of somebody's second factor may set their password as well. If not, another factor is asked for beside the link, since
   * whoever has the mailbox would have both.
   */
  readonly bySecondFactor: boolean
  /** Who is held up after too many tries of a stranger is mailed a link that gives one browser tries of its own. */
  readonly unlock: boolean
}

export const DEFAULT_RECOVERY: RecoveryPolicy = {
  password: ['email_link'],
  userName: ['email'],
  linkSeconds: 3600,
  invitationSeconds: 7 * 86_400,
  bySecondFactor: false,
  unlock: true,
}

export function recoveryPolicyOf({ policies }: { readonly policies: { readonly recovery?: RecoveryPolicy } }): RecoveryPolicy {
  return policies.recovery ?? DEFAULT_RECOVERY
}

export function isRecoveryWay(text: unknown): text is RecoveryWay {
  return RECOVERY_WAYS.some((way) => way === text)
}

export function isByCode(way: RecoveryWay): boolean {
  return way === 'email_code' || way === 'sms_code'
}

export function isByMail(way: RecoveryWay): boolean {
  return way === 'email_link' || way === 'email_code'
}
