/** The stores of one tenant for one request. No method takes a tenant id: a query that forgets its tenant cannot be written. */
import type { TenantId } from '@gatehouse/core/ids.ts'
import type { Clock } from '@gatehouse/ports/clock.ts'
import type { Random } from '@gatehouse/ports/random.ts'
import type { Table } from '@gatehouse/ports/table.ts'
import { applicationStore } from './application.ts'
import { inboxStore } from './approval_inbox.ts'
import { approvalRequestStore } from './approval_request.ts'
import { associationStore } from './association.ts'
import { auditStore } from './audit.ts'
import { authorizationStore } from './authorization.ts'
import { authorizationCodeStore } from './authorization_code.ts'
import { consentStore } from './consent.ts'
import { groupStore } from './group.ts'
import { networkTriesStore } from './network_tries.ts'
import { rateStore } from './rate.ts'
import { roleStore } from './role.ts'
import { sentMarkStore } from './sent_mark.ts'
import { sessionStore } from './session.ts'
import { type Meter, openShelf } from './shelf.ts'
import { signingKeyStore } from './signing_key.ts'
import { tenantStore } from './tenant.ts'
import { triesStore } from './tries.ts'
import { usedStore } from './used.ts'
import { userStore } from './user.ts'
import { verifiedEmailStore } from './verified_email.ts'
import { workflowDefinitionStore } from './workflow_definition.ts'

export type TenantStores = ReturnType<typeof openTenantStores>
export type Stores = { forTenant(id: TenantId, meter?: Meter): TenantStores }

export function openStores(on: { table: Table; clock: Clock; random: Random }): Stores {
  return { forTenant: (id, meter = { read: 0, write: 0 }) => openTenantStores(openShelf(id, on.table, on.clock, on.random, meter), meter) }
}

function openTenantStores(shelf: ReturnType<typeof openShelf>, meter: Meter) {
  return {
    id: shelf.tenant,
    meter,
    /** For rooms that keep further nouns on the same shelf. */
    shelf,
    tenant: tenantStore(shelf),
    signingKeys: signingKeyStore(shelf),
    applications: applicationStore(shelf),
    users: userStore(shelf),
    verifiedEmails: verifiedEmailStore(shelf),
    roles: roleStore(shelf),
    groups: groupStore(shelf),
    sessions: sessionStore(shelf),
    authorizations: authorizationStore(shelf),
    authorizationCodes: authorizationCodeStore(shelf),
    consents: consentStore(shelf),
    tries: triesStore(shelf),
    networkTries: networkTriesStore(shelf),
    rates: rateStore(shelf),
    used: usedStore(shelf),
    sentMarks: sentMarkStore(shelf),
    audit: auditStore(shelf),
    requests: approvalRequestStore(shelf),
    inboxes: inboxStore(shelf),
    workflows: workflowDefinitionStore(shelf),
    associations: associationStore(shelf),
  }
}
