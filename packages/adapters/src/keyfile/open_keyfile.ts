/** The KeyVault of a house that runs in one process: 32 random bytes in a file that only its owner can read. */
import type { KeyVault } from '@gatehouse/ports/key_vault.ts'
import { withMasterKey } from '../key_vault/with_master_key.ts'
import { loadKey } from './load_key.ts'

/** The key is made at the first start. Throws `KeyfileRefused` for a file that others can read, or that holds no key. */
export function openKeyfile(file: string): KeyVault {
  const master = loadKey(file)
  return withMasterKey(() => master)
}
