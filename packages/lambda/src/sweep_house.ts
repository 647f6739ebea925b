/**
 * Which tenants are swept, and what becomes of a request that cannot be re-entered: it is told in the log, and holds up no other. Late logouts come last, since
 * they wait for other people's servers.
 */
import { isTenantId, type TenantId } from '@gatehouse/core/ids.ts'
import type { House } from '@gatehouse/http/house.ts'
import { sendLateLogouts } from '@gatehouse/identity/backchannel_logout.ts'
import type { Workflow } from '@gatehouse/ports/workflow.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { sweepRequests } from '@gatehouse/workflow/sweep.ts'
import { contextOf } from './house.ts'

/** Of EventBridge: a schedule, or `Step Functions Execution Status Change`, whose `detail.input` is the text that the execution began with. */
export type SweepEvent = { readonly detail?: { readonly input?: string | null } }
export type Swept = {
  readonly tenants: number
  readonly requests: number
  readonly logouts: number
  readonly idle: number
  readonly passwords: number
  readonly failed: number
}

const PAGE = 100

export async function sweepHouse(house: House, workflow: Workflow, event: SweepEvent): Promise<Swept> {
  const tenantId = tenantOf(event)
  const swept: TenantContext[] = []
  let requests = 0
  let logouts = 0
  let idle = 0
  let passwords = 0
  let failed = 0
  const patiently: Workflow = {
    ...workflow,
    start: (tenant, request) =>
      workflow.start(tenant, request).catch((error: unknown) => {
        failed += 1
        house.ports.log.write('error', 'a request could not be re-entered', { tenant, request, error })
      }),
  }
  for await (const id of tenantId === undefined ? allTenants(house) : [tenantId]) {
    const ctx = await contextOf(house, id)
    if (!ctx) continue
    swept.push(ctx)
    requests += await sweepRequests(ctx, patiently)
  }
  for (const ctx of swept) if (ctx.tenant.policies.idle) idle += await sweepIdle(ctx)
  for (const ctx of swept) if (ctx.tenant.policies.password.expiry) passwords += await sweepPasswords(ctx)
  for (const ctx of swept) logouts += await sendLateLogouts(ctx)
  const tenants = swept.length
  house.ports.log.write('info', 'swept', { tenants, requests, logouts, idle, passwords, failed })
  return { tenants, requests, logouts, idle, passwords, failed }
}

/** Loaded with the first tenant that looks after accounts that nobody uses. */
async function sweepIdle(ctx: TenantContext): Promise<number> {
  return (await import('@gatehouse/identity/idle_accounts.ts')).sweepIdle(ctx)
}

/** Loaded with the first tenant whose passwords grow old. */
async function sweepPasswords(ctx: TenantContext): Promise<number> {
  return (await import('@gatehouse/identity/expiring_passwords.ts')).sweepExpiringPasswords(ctx)
}

async function* allTenants(house: House): AsyncGenerator<TenantId> {
  const { tenant } = house.stores.forTenant(house.defaultTenant)
  let cursor: string | undefined
  do {
    const page = await tenant.list(PAGE, cursor)
    for (const { id } of page.tenants) yield id
    cursor = page.cursor
  } while (cursor !== undefined)
}

/** Undefined where the input was too long to be told, or is not ours: then all are swept. */
function tenantOf({ detail }: SweepEvent): TenantId | undefined {
  if (typeof detail?.input !== 'string') return undefined
  try {
    const { tenantId } = JSON.parse(detail.input) as { tenantId?: unknown }
    return typeof tenantId === 'string' && isTenantId(tenantId) ? tenantId : undefined
  } catch {
    // cut off
    return undefined
  }
}
