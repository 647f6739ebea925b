import { systemRandom } from '@gatehouse/adapters/random/system.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { expect, test } from 'vitest'
import { seal, unseal } from './seal.ts'

const KEY = systemRandom.bytes(32)
const PLACE = { tenant: 'main', issuer: 'https://house.example/t/main' }

/** Two tenants of one house share its vault. */
const vault = { derive: async () => KEY }
const at = ({ tenant, issuer } = PLACE) => ({ vault, stores: { id: tenant }, issuer, random: systemRandom }) as unknown as TenantContext

test('what was sealed opens at its own place alone', async () => {
  const sealed = await seal(at(), 'purpose', 'a text')

  const opened = await Promise.all([
    unseal(at(), 'purpose', sealed),
    unseal(at(), 'another purpose', sealed),
    unseal(at({ ...PLACE, tenant: 'other' }), 'purpose', sealed),
    unseal(at({ ...PLACE, issuer: 'https://other.example' }), 'purpose', sealed),
    unseal(at(), 'purpose', `${sealed}=`),
    unseal(at(), 'purpose', `${sealed.slice(0, -1)}${sealed.endsWith('A') ? 'B' : 'A'}`),
  ])

  expect(opened).toEqual(['a text', undefined, undefined, undefined, undefined, undefined])
})
