/** What a process remembers of a house besides its cached configuration: unsealed keys, derived keys, recent failures. It lives as long as the house's vault. */
import type { KeyVault } from '@gatehouse/ports/key_vault.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

export function perHouse<Memory>(make: () => Memory): (ctx: Pick<TenantContext, 'vault'>) => Memory {
  const memories = new WeakMap<KeyVault, Memory>()
  return ({ vault }) => {
    const known = memories.get(vault)
    if (known !== undefined) return known
    const made = make()
    memories.set(vault, made)
    return made
  }
}

export type Bounded<Value> = {
  get(name: string): Value | undefined
  set(name: string, value: Value): void
  delete(name: string): void
}

/** A map that forgets the oldest entry when it is full. */
export function bounded<Value>(maximum: number): Bounded<Value> {
  const entries = new Map<string, Value>()
  return {
    get: (name) => entries.get(name),
    set(name, value) {
      if (!entries.has(name) && entries.size >= maximum) {
        const oldest = entries.keys().next()
        if (!oldest.done) entries.delete(oldest.value)
      }
      entries.set(name, value)
    },
    delete(name) {
      entries.delete(name)
    },
  }
}

/** As `bounded`, for all tenants together, of whom none takes more than its share: whoever fills theirs makes nobody else forget. */
export function boundedShares<Value>(maximum: number, share: number): (tenant: string) => Pick<Bounded<Value>, 'get' | 'set'> {
  const entries = new Map<string, { readonly tenant: string; readonly value: Value }>()
  function forgetOldest(tenant?: string): void {
    for (const [key, entry] of entries)
      if (tenant === undefined || entry.tenant === tenant) {
        entries.delete(key)
        return
      }
  }
  function countOf(tenant: string): number {
    let count = 0
    for (const entry of entries.values()) if (entry.tenant === tenant) count++
    return count
  }
  return (tenant) => ({
    get: (name) => entries.get(`${tenant}\n${name}`)?.value,
    set(name, value) {
      const key = `${tenant}\n${name}`
      if (!entries.has(key)) {
        if (countOf(tenant) >= share) forgetOldest(tenant)
        if (entries.size >= maximum) forgetOldest()
      }
      entries.set(key, { tenant, value })
    },
  })
}
