/** What only the inside of a house knows, for `gatehouse doctor`: whether it can read its table and open what it sealed. */
import type { House } from './house.ts'

export type HouseFacts = {
  /** Milliseconds since the epoch, by the house's clock. */
  readonly clock: number
  readonly table: Fact
  readonly vault: Fact
}
export type Fact = { readonly good: boolean /** Milliseconds, or what went wrong. */; readonly found: string }

export async function checkHouse(house: House): Promise<HouseFacts> {
  const { clock, vault } = house.ports
  const table = await tried(async () => {
    if (!(await house.stores.forTenant(house.defaultTenant).tenant.find())) throw new Error('there is no default tenant')
  })
  const sealed = await tried(async () => {
    const plain = new TextEncoder().encode('what is sealed')
    const opened = await vault.unseal(await vault.seal(plain, 'the doctor'), 'the doctor')
    if (new TextDecoder().decode(opened) !== 'what is sealed') throw new Error('what was sealed opens as something else')
  })
  return { clock: clock.now(), table, vault: sealed }
}

async function tried(work: () => Promise<void>): Promise<Fact> {
  const startedAt = performance.now()
  try {
    await work()
    return { good: true, found: `${Math.round(performance.now() - startedAt)} ms` }
  } catch (error) {
    return { good: false, found: error instanceof Error ? error.message : String(error) }
  }
}
