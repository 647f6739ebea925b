/** Which kind of event has which consequences, beside the audit record that every audited event leaves. */
import type { EventKind, HouseEvent } from '@gatehouse/core/event.ts'
import { endedOf, sendBackchannelLogouts } from '@gatehouse/identity/backchannel_logout.ts'
import { forgetIdleWalk, watchIdle } from '@gatehouse/identity/idle_accounts.ts'
import { revokeAfterConsentWithdrawn, revokeAfterSessionEnded, revokeAfterUserChanged } from '@gatehouse/identity/revocation.ts'
import type { Address } from '@gatehouse/ports/addresses.ts'
import { openTenantContext } from '@gatehouse/store/tenant_context.ts'
import { APPROVAL_HANDLERS } from '@gatehouse/workflow/handlers.ts'
import { tellAddressOwner, tellPasswordChanged } from './account_messages.ts'
import { tellAdministrators, tellApplicant, tellApprovers } from './approval_messages.ts'
import { tellFactorChanged, tellOneTimePassword } from './factor_messages.ts'
import type { Handler, RelayHouse } from './relay_house.ts'
import { tellAddressChange, tellIdle, tellNewBrowser, tellPasswordExpires } from './safety_messages.ts'
import { tellScriptMail } from './script_mail.ts'

const keepUndelivered: Handler = async (_, event, { keepAside }) => {
  await keepAside?.(endedOf(event), new Error(`${event.clientId} did not take a back-channel logout: ${event.data?.failure}`))
}

type RecoveryMessages = typeof import('./recovery_messages.ts')

/** Loaded with the first of them: most events lead to no recovery. */
const recoveryMessage =
  (name: keyof RecoveryMessages): Handler =>
  async (...args) =>
    (await import('./recovery_messages.ts'))[name](...args)

const riskMessage: Handler = async (...args) => (await import('./risk_messages.ts')).tellRiskySignIn(...args)

/** Loaded with the first tenant whose passwords grow old, or did. */
const watchPasswordExpiry: Handler = async (ctx, event) => {
  if (ctx.tenant.policies.password.expiry === undefined) return
  await (await import('@gatehouse/identity/expiring_passwords.ts')).watchPasswordExpiry(ctx, event)
}
const forgetPasswordWalk: Handler = async (ctx) => (await import('@gatehouse/identity/expiring_passwords.ts')).forgetPasswordWalk(ctx)

/** Loaded with the first sign-in that waits for an approval. */
const wakeForSignIn: Handler = async (...args) => (await import('./push_messages.ts')).wakeForSignIn(...args)

const HANDLERS: Readonly<Partial<Record<EventKind, readonly Handler[]>>> = {
  'session.created': [tellNewBrowser],
  'session.ended': [sendBackchannelLogouts, revokeAfterSessionEnded],
  'logout.undelivered': [keepUndelivered],
  'consent.withdrawn': [revokeAfterConsentWithdrawn],
  'request.task_opened': [tellApprovers],
  'request.unassigned': [tellAdministrators],
  'request.finished': [tellApplicant],
  'email.verification_asked': [tellAddressOwner],
  'address_change.asked': [tellAddressChange('asked')],
  'user.address_changed': [tellAddressChange('changed')],
  'user.address_change_undone': [revokeAfterUserChanged],
  'user.sign_in_disowned': [revokeAfterUserChanged],
  'one_time_password.asked': [tellOneTimePassword],
  'credential.enrolled': [tellFactorChanged('enrolled')],
  'credential.removed': [tellFactorChanged('removed')],
  'passkey.copy_suspected': [tellFactorChanged('copy_suspected')],
  'push.asked': [wakeForSignIn],
  'push.denied': [tellFactorChanged('sign_in_denied')],
  'script.mail_asked': [tellScriptMail],
  'recovery_codes.made': [tellFactorChanged('recovery_codes_made')],
  'recovery_code.used': [tellFactorChanged('recovery_code_used')],
  'user.created': [watchIdle, watchPasswordExpiry],
  'user.activated': [watchIdle, watchPasswordExpiry],
  'user.idle_warned': [tellIdle],
  'user.password_expires': [tellPasswordExpires],
  'user.suspended': [revokeAfterUserChanged, tellIdle],
  'tenant.changed': [forgetIdleWalk, forgetPasswordWalk],
  'user.password_change_required': [revokeAfterUserChanged, recoveryMessage('tellPasswordChangeRequired')],
  'user.invited': [recoveryMessage('tellInvited')],
  'recovery.asked': [recoveryMessage('tellRecovery')],
  'sign_in.risky': [riskMessage],
  'sign_in.locked': [recoveryMessage('tellLocked')],
  'user.password_changed': [revokeAfterUserChanged, tellPasswordChanged],
}

/** Handles one event: the record first, then its consequences. Throws when one of them failed; all are tried again then. */
export function openHandlers(house: RelayHouse): (event: HouseEvent) => Promise<void> {
  return async (event) => {
    const stores = house.stores.forTenant(event.tenant)
    if (event.audited) await stores.audit.append(event)
    if (isUsual(event)) return
    const approval = APPROVAL_HANDLERS[event.kind]
    const handlers = HANDLERS[event.kind] ?? []
    if (!approval && handlers.length === 0) return
    const ctx = await openTenantContext(house, await addressOf(house, event), event.actor)
    // A suspended tenant sends nothing; its requests are swept when it is active again.
    if (!ctx) return
    const work = [
      ...(approval ? [approval(ctx, event, house.ports.workflow)] : []),
      ...handlers.map((handler) => handler(ctx, event, house)),
    ]
    const failed = (await Promise.allSettled(work)).find((result) => result.status === 'rejected')
    if (failed) throw failed.reason
  }
}

/** A sign-in where the person is known leads to nothing, so nothing is looked up for it. */
function isUsual({ kind, data }: HouseEvent): boolean {
  return kind === 'session.created' && data?.browser !== 'new'
}

/** Where the act came in, so that what is written about it leads there; where that domain is not the tenant's any more, the address that the house gives. */
async function addressOf({ stores, addresses }: RelayHouse, { tenant, actor }: HouseEvent): Promise<Address> {
  const { domain } = actor
  const stands = domain !== undefined && (await stores.forTenant(tenant).domains.isOurs(domain))
  return stands ? addresses.at(tenant, domain) : addresses.of(tenant)
}
