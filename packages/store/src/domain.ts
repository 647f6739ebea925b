/**
 * Domains of a tenant's own. A tenant's list is the tenant's; whose a host is, is one item of the whole house, taken by a conditional write once it was
 * proved, so that a host is never two tenants'.
 */
import type { Domain, DomainState } from '@gatehouse/core/domain.ts'
import type { Actor } from '@gatehouse/core/event.ts'
import { isConflict } from '@gatehouse/core/table_error.ts'
import type { Condition, Table, Write } from '@gatehouse/ports/table.ts'
import { ABSENT, fromItem, PRESENT, toItem } from './item.ts'
import { hostKey } from './keys.ts'
import { asConflict } from './refuse.ts'
import type { Shelf } from './shelf.ts'

/** Who proved a host, and by what. */
export type HostHolder = { readonly host: string; readonly tenantId: string; readonly challenge: string; readonly since: number }

/** For who asks before any tenant is known: the address table. */
export async function findHostHolder(table: Table, host: string): Promise<HostHolder | undefined> {
  const { item } = await table.get({ pk: hostKey(host), sk: 'HOST' })
  return item && fromItem<HostHolder>(item)
}

const CHANGED = 'the domain was changed by someone else'

export function domainStore(shelf: Shelf) {
  const { keys, table } = shelf
  const key = (host: string) => ({ pk: keys.configuration, sk: `DOMAIN#${host}` })
  const countKey = { pk: keys.configuration, sk: 'DOMAINS' }
  const holderKey = (host: string) => ({ pk: hostKey(host), sk: 'HOST' })
  const asRead = ({ version }: Domain): Condition => [{ attribute: 'version', is: 'equal', value: version }]
  const event = (host: string, change: string, actor: Actor) => shelf.event('domain.changed', { actor, data: { host, change } })
  const moved = (domain: Domain, state: DomainState): Domain => ({ ...domain, state, version: domain.version + 1 })
  const put = (domain: Domain, change: string, actor: Actor) =>
    toItem(key(domain.host), domain, { event: event(domain.host, change, actor) })

  const store = {
    async find(host: string): Promise<Domain | undefined> {
      const { item } = await table.get(key(host), { consistent: true })
      return item && fromItem<Domain>(item)
    },
    async list(): Promise<Domain[]> {
      const page = await table.query({ pk: keys.configuration, prefix: 'DOMAIN#', limit: 1000, consistent: true })
      return page.items.map((item) => fromItem<Domain>(item))
    },
    /** Throws `conflict` where it was added before, or the tenant has `most`. */
    async add(domain: Domain, most: number, actor: Actor): Promise<void> {
      const writes: Write[] = [
        { put: put(domain, 'added', actor), condition: ABSENT },
        {
          update: countKey,
          change: { add: { count: 1 } },
          condition: [
            {
              any: [
                { attribute: 'count', is: 'absent' },
                { attribute: 'count', is: 'less', value: most },
              ],
            },
          ],
        },
      ]
      await asConflict(table.transact(writes), `this domain was added before, or there are ${most} already`)
    },
    /** Who holds a host in the whole house, as it is now. */
    async findHolder(host: string): Promise<HostHolder | undefined> {
      const { item } = await table.get(holderKey(host), { consistent: true })
      return item && fromItem<HostHolder>(item)
    },
    async isOurs(host: string): Promise<boolean> {
      return (await store.findHolder(host))?.tenantId === shelf.tenant
    },
    /**
     * The host is this tenant's, if it was nobody's; `insteadOf`: or that holder's, whose proof is gone. False: it is another's. Throws `conflict` when the
     * domain was changed meanwhile.
     */
    async claim(domain: Domain, insteadOf: HostHolder | undefined, actor: Actor): Promise<Domain | false> {
      const next = moved(domain, { kind: 'creating' })
      const holder: HostHolder = { host: domain.host, tenantId: shelf.tenant, challenge: domain.challenge, since: shelf.clock.now() }
      const free: Condition = [
        {
          any: [
            { attribute: 'pk', is: 'absent' },
            { attribute: 'tenantId', is: 'equal', value: shelf.tenant },
            ...(insteadOf ? [{ attribute: 'challenge', is: 'equal', value: insteadOf.challenge } as const] : []),
          ],
        },
      ]
      try {
        await table.transact([
          { put: toItem(holderKey(domain.host), holder), condition: free },
          { put: put(next, 'proved', actor), condition: asRead(domain) },
        ])
        return next
      } catch (error) {
        if (isConflict(error) && error.index === 0) return false
        return asConflict(Promise.reject(error), CHANGED)
      }
    },
    /** A step in the life of a domain. */
    async move(domain: Domain, state: DomainState, actor: Actor): Promise<Domain> {
      const next = moved(domain, state)
      await asConflict(table.put(put(next, state.kind, actor), asRead(domain)), CHANGED)
      return next
    },
    /** The host is nobody's, if it was this tenant's. Before the domain is removed, so that a crash between leaves something to repeat. */
    async release(host: string): Promise<void> {
      try {
        await table.remove(holderKey(host), [{ attribute: 'tenantId', is: 'equal', value: shelf.tenant }])
      } catch (error) {
        if (!isConflict(error)) throw error
      }
    },
    async remove({ host }: Domain, actor: Actor): Promise<void> {
      const gone = event(host, 'removed', actor)
      await asConflict(
        table.transact([
          { remove: key(host), condition: PRESENT },
          { update: countKey, change: { add: { count: -1 } } },
          { put: toItem({ pk: keys.configuration, sk: `GONE#${gone.id}` }, {}, { ttl: shelf.now() + 86_400, event: gone }) },
        ]),
        CHANGED,
      )
    },
  }
  return store
}
