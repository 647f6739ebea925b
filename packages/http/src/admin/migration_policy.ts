/** The hook of the old system, between the wire and what is stored: who may set it, its secret sealed, and what is answered of it. */
import { IamError } from '@gatehouse/core/error.ts'
import type { MigrationPolicy } from '@gatehouse/core/migration_policy.ts'
import type { Tenant, TenantPolicies } from '@gatehouse/core/tenant.ts'
import { migrationSealContext } from '@gatehouse/identity/migration/ask_old_system.ts'
import { hashOfSecret } from '@gatehouse/store/keys.ts'
import type { HouseContext } from '../house.ts'
import { requireGrantable, requirePermission } from './access.ts'
import type { MigrationSettings } from './schema/migration.ts'

const ID_CHARACTERS = 12

/** Passwords that people type go where it says, and whom it knows comes in with the roles that it gives: more than a setting. */
export async function migrationOf(
  c: HouseContext,
  tenant: Pick<Tenant, 'id' | 'policies'>,
  given: MigrationSettings | undefined,
): Promise<MigrationPolicy | undefined> {
  if (given === undefined) return undefined
  const before = tenant.policies.migration
  const { secret, secretId, ...settings } = given
  if (before && secret === undefined && isSame(settings, before) && (secretId === undefined || secretId === before.secretId)) return before
  if (tenant.id !== c.env.here.tenant.id) throw new IamError('forbidden', 'the hook of an old system is set within its tenant')
  await requirePermission(c, 'passwords:import')
  await requireGrantable(c, given.roles)
  if (secret !== undefined) {
    const sealedSecret = await c.env.house.ports.vault.seal(Buffer.from(secret), migrationSealContext(tenant.id))
    return { ...settings, sealedSecret, secretId: hashOfSecret(secret).slice(0, ID_CHARACTERS) }
  }
  if (before === undefined || (secretId !== undefined && secretId !== before.secretId))
    throw new IamError('validation_failed', 'the secret of the hook is missing', {
      fields: { '/policies/migration/secret': 'required: it is not the one that is there' },
    })
  return { ...settings, sealedSecret: before.sealedSecret, secretId: before.secretId }
}

export function withoutMigrationSecret({ migration, ...policies }: TenantPolicies) {
  if (migration === undefined) return policies
  const { sealedSecret: _, ...shown } = migration
  return { ...policies, migration: shown }
}

function isSame(settings: object, before: MigrationPolicy): boolean {
  const { sealedSecret: _, secretId: __, ...stored } = before
  const text = (record: object) => JSON.stringify(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
  return text(settings) === text(stored)
}
