/** The stores of one tenant for one request. No method takes a tenant id: a query that forgets its tenant cannot be written. */
import type { TenantId } from '@gatehouse/core/ids.ts'
import type { Clock } from '@gatehouse/ports/clock.ts'
import type { Random } from '@gatehouse/ports/random.ts'
import type { Table } from '@gatehouse/ports/table.ts'
import { adaptiveJournalStore } from './adaptive_journal.ts'
import { addressChangeStore } from './address_change.ts'
import { applicationStore } from './application.ts'
import { inboxStore } from './approval_inbox.ts'
import { approvalRequestStore } from './approval_request.ts'
import { associationStore } from './association.ts'
import { auditStore } from './audit.ts'
import { authorizationStore } from './authorization.ts'
import { authorizationCodeStore } from './authorization_code.ts'
import { certificateStore } from './certificate.ts'
import { consentStore } from './consent.ts'
import { credentialStore } from './credential.ts'
import { domainStore, findHostHolder, type HostHolder } from './domain.ts'
import { groupStore } from './group.ts'
import { lateLogoutStore } from './late_logout.ts'
import { mailMarkStore } from './mail_mark.ts'
import { networkTriesStore } from './network_tries.ts'
import { oneTimePasswordStore } from './one_time_password.ts'
import { passkeyStore } from './passkey.ts'
import { passwordHistoryStore } from './password_history.ts'
import { pushRequestStore } from './push_request.ts'
import { rateStore } from './rate.ts'
import { recoveryStore } from './recovery.ts'
import { rememberedBrowserStore } from './remembered_browser.ts'
import { riskStore } from './risk.ts'
import { roleStore } from './role.ts'
import { scriptSecretStore } from './script_secret.ts'
import { sentMarkStore } from './sent_mark.ts'
import { sessionStore } from './session.ts'
import { type Meter, openShelf, type Shelf } from './shelf.ts'
import { signingKeyStore } from './signing_key.ts'
import { tenantStore } from './tenant.ts'
import { textOptOutStore } from './text_opt_out.ts'
import { triesStore } from './tries.ts'
import { usedStore } from './used.ts'
import { userStore } from './user.ts'
import { userInvitationStore } from './user_invitation.ts'
import { verifiedEmailStore } from './verified_email.ts'
import { workflowDefinitionStore } from './workflow_definition.ts'

/** Noun -> what opens its store. */
const NOUNS = {
  tenant: tenantStore,
  signingKeys: signingKeyStore,
  applications: applicationStore,
  users: userStore,
  credentials: credentialStore,
  oneTimePasswords: oneTimePasswordStore,
  passkeys: passkeyStore,
  certificates: certificateStore,
  pushRequests: pushRequestStore,
  userInvitations: userInvitationStore,
  verifiedEmails: verifiedEmailStore,
  passwordHistory: passwordHistoryStore,
  addressChanges: addressChangeStore,
  rememberedBrowsers: rememberedBrowserStore,
  roles: roleStore,
  groups: groupStore,
  sessions: sessionStore,
  authorizations: authorizationStore,
  authorizationCodes: authorizationCodeStore,
  consents: consentStore,
  tries: triesStore,
  networkTries: networkTriesStore,
  rates: rateStore,
  recoveries: recoveryStore,
  used: usedStore,
  sentMarks: sentMarkStore,
  lateLogouts: lateLogoutStore,
  mailMarks: mailMarkStore,
  textOptOuts: textOptOutStore,
  risk: riskStore,
  audit: auditStore,
  requests: approvalRequestStore,
  inboxes: inboxStore,
  workflows: workflowDefinitionStore,
  associations: associationStore,
  domains: domainStore,
  adaptiveJournals: adaptiveJournalStore,
  scriptSecrets: scriptSecretStore,
} as const

type NounStores = { readonly [N in keyof typeof NOUNS]: ReturnType<(typeof NOUNS)[N]> }

/** `shelf`: for rooms that keep further nouns on it. */
export type TenantStores = NounStores & { readonly id: TenantId; readonly meter: Meter; readonly shelf: Shelf }
export type Stores = {
  forTenant(id: TenantId, meter?: Meter): TenantStores
  /** Whose host is this? Of the whole house: asked before any tenant is known. */
  findHostHolder(host: string): Promise<HostHolder | undefined>
}

export function openStores(on: { table: Table; clock: Clock; random: Random }): Stores {
  return {
    forTenant: (id, meter = { read: 0, write: 0 }) => openTenantStores(openShelf(id, on.table, on.clock, on.random, meter), meter),
    findHostHolder: (host) => findHostHolder(on.table, host),
  }
}

function openTenantStores(shelf: Shelf, meter: Meter): TenantStores {
  return Object.assign(Object.create(OPENED_ON_DEMAND), { id: shelf.tenant, meter, shelf, opened: {} })
}

/** A request needs a few of the stores: each is opened when it is first asked for. */
const OPENED_ON_DEMAND = Object.defineProperties(
  {},
  Object.fromEntries(
    Object.entries(NOUNS).map(([name, open]) => [
      name,
      {
        get(this: { readonly shelf: Shelf; readonly opened: Record<string, unknown> }) {
          this.opened[name] ??= open(this.shelf)
          return this.opened[name]
        },
      },
    ]),
  ),
)
