/** A hash of a password that is brought in from another system: who may, and what a refusal must compute from then on so that nobody learns who was brought in. */
import { IamError } from '@gatehouse/core/error.ts'
import { type ImportedHash, importHash } from '@gatehouse/core/password_hash/notations.ts'
import { shapeOf } from '@gatehouse/core/password_hash/padding.ts'
import { parseStoredHash } from '@gatehouse/core/password_hash/password_hash.ts'
import type { HouseContext } from '../house.ts'
import { requirePermission } from './access.ts'

/** The hash as it is to be stored. Throws `conflict` where the tenant has hashes of too many sorts already. */
export async function importPassword(c: HouseContext, given: ImportedHash): Promise<string> {
  await requirePermission(c, 'passwords:import')
  const imported = importHash(given)
  if (imported.kind === 'problem')
    throw new IamError('validation_failed', 'the hash cannot be taken', { fields: { '/passwordHash': imported.message } })
  const shape = shapeOf(parseStoredHash(imported.stored))
  if (shape !== undefined) {
    const { house, here } = c.env
    // Before the person: from the first of them on, refusals are padded.
    const grown = await here.stores.tenant.noteImportedHash(shape, here.actor)
    if (grown) house.cache.tenants.forget(here.tenant.id)
  }
  return imported.stored
}
