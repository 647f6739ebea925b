/** The operator's few acts: make what a new house needs, print the first administrator's link, say how the inside is. */
import { ensureDefaultTenant } from '@gatehouse/http/admin/ensure_default_tenant.ts'
import { checkHouse } from '@gatehouse/http/check_house.ts'
import type { House } from '@gatehouse/http/house.ts'
import { createFirstInvitation } from '@gatehouse/identity/invitation.ts'
import { contextOf } from './house.ts'
import type { CloudVault } from './ports.ts'

export type Operation = { readonly action: string }
type Result = Readonly<Record<string, unknown>>

export function operations(house: House, vault: CloudVault): (operation: Operation) => Promise<Result> {
  const actions: Readonly<Record<string, () => Promise<Result>>> = {
    /** Once per deployment; its result is kept in the state of the deployment, so it holds nothing secret. */
    async ensure() {
      await vault.ensure()
      const { tenant, issuer } = await ensureDefaultTenant(house)
      return { tenant: tenant.id, issuer }
    },
    /** Of a house without an administrator: single use, half an hour. */
    async invite() {
      const ctx = await contextOf(house, house.defaultTenant)
      if (!ctx) return { refused: 'the house has no default tenant yet: deploy it first' }
      const link = await createFirstInvitation(ctx)
      return link === undefined ? { refused: 'there is an administrator already' } : { link }
    },
    async check() {
      return { ...(await checkHouse(house)), node: process.version }
    },
  }
  return async ({ action }) => {
    const act = Object.hasOwn(actions, action) ? actions[action] : undefined
    if (!act) throw new TypeError(`operate knows ${Object.keys(actions).join(', ')}, not "${action}"`)
    return act()
  }
}
