/** What happened, as an item carries it to the stream: the source of audit, messages, workflow and statistics. */
import type { AuthorizationId, ClientId, EventId, RequestId, SessionId, UserId } from './ids.ts'

/** Kinds are `noun.past_participle`; `relay` maps each to its handlers. */
// biome-ignore format: one noun per line reads as a table
export type EventKind =
  | 'user.created' | 'user.updated' | 'user.suspended' | 'user.activated' | 'user.deleted' | 'user.password_changed' | 'user.password_renewed' | 'user.password_change_required' | 'user.email_verified' | 'user.roles_changed'
  | 'session.created' | 'session.renewed' | 'session.ended' | 'logout.undelivered' | 'sign_in.failed' | 'sign_in.locked' | 'sign_in.denied' | 'captcha.failed'
  | 'sign_in.risky'
  | 'authorization.created' | 'authorization.refreshed' | 'authorization.revoked' | 'authorization.replayed'
  | 'consent.granted' | 'consent.withdrawn'
  | 'request.opened' | 'request.task_opened' | 'request.task_claimed' | 'request.task_released' | 'request.decided' | 'request.unassigned' | 'request.finished'
  | 'user.idle_warned' | 'user.password_expires' | 'breach_check.failed' | 'browser.remembered' | 'browser.forgotten' | 'user.address_changed' | 'user.address_change_undone' | 'user.sign_in_disowned' | 'address_change.asked' | 'address_change.cancelled'
  | 'email.verification_asked' | 'mail.marked' | 'mail.unmarked' | 'mail.refused' | 'text.refused' | 'text.opted_out' | 'text.opted_in'
  | 'credential.enrolled' | 'credential.removed' | 'credential.renamed' | 'passkey.copy_suspected' | 'recovery_codes.made' | 'recovery_code.used' | 'one_time_password.asked' | 'push.asked' | 'push.approved' | 'push.denied' | 'push.device_added' | 'push.device_removed'
  | 'script.finished' | 'script.secret_changed' | 'script.mail_asked'
  | 'recovery.asked' | 'recovery.sent' | 'recovery.used' | 'user.invited' | 'user.unlocked'
  | 'tenant.changed' | 'tenant.administered' | 'application.changed' | 'role.changed' | 'group.changed' | 'workflow.changed' | 'association.changed' | 'key.rotated' | 'invitation.used' | 'domain.changed'

export type Actor = {
  readonly userId?: UserId
  readonly clientId?: ClientId
  readonly sessionId?: SessionId
  readonly ip?: string
  readonly userAgent?: string
  /** The domain of the tenant's own that the act came in by. */
  readonly domain?: string
}

export type HouseEvent = {
  readonly id: EventId
  readonly kind: EventKind
  readonly tenant: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly actor: Actor
  /** Ids and plain facts only: no secrets, no personal data that must be erasable. */
  readonly userId?: UserId
  readonly clientId?: ClientId
  readonly sessionId?: SessionId
  readonly authorizationId?: AuthorizationId
  readonly requestId?: RequestId
  readonly data?: { readonly [name: string]: string | number | boolean | readonly string[] }
  /** False where another event of the same act is the audit record (a sign-in's first authorization). */
  readonly audited: boolean
}
