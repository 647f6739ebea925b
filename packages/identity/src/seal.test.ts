import { systemRandom } from '@gatehouse/adapters/random/system.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { expect, test } from 'vitest'
import { seal, unseal } from './seal.ts'

const KEY = systemRandom.bytes(32)
const PLACE = { tenant: 'main', issuer: 'https://house.example/t/main' }

/** One process's view; two of them share the key and nothing else. */
function openProcess() {
  const vault = { derive: async () => KEY }
  return ({ tenant, issuer } = PLACE) => ({ vault, stores: { id: tenant }, issuer, random: systemRandom }) as unknown as TenantContext
}

test.each(['the process that sealed it', 'another process'])('what was sealed opens at its own place alone, at %s', async (who) => {
  const here = openProcess()
  const there = who === 'another process' ? openProcess() : here
  const sealed = await seal(here(), 'purpose', 'a text')

  const opened = await Promise.all([
    unseal(there(), 'purpose', sealed),
    unseal(there(), 'another purpose', sealed),
    unseal(there({ ...PLACE, tenant: 'other' }), 'purpose', sealed),
    unseal(there({ ...PLACE, issuer: 'https://other.example' }), 'purpose', sealed),
    unseal(there(), 'purpose', `${sealed}=`),
    unseal(there(), 'purpose', `${sealed.slice(0, -1)}${sealed.endsWith('A') ? 'B' : 'A'}`),
  ])

  expect(opened).toEqual(['a text', undefined, undefined, undefined, undefined, undefined])
})
