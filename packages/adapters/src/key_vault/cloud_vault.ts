/** A KeyVault whose master key is kept by the cloud. One function makes it, once; all others only read it. */
import type { KeyVault } from '@gatehouse/ports/key_vault.ts'
import { withMasterKey } from './with_master_key.ts'

export type CloudVault = KeyVault & {
  /** Makes the master key where there is none. Of two that make it at once one wins, and both then use its key. */
  ensure(): Promise<void>
  /** Begins to read the master key before anyone needs it; a failure is told to whoever does. */
  warm(): void
}

export class VaultIsEmpty extends Error {
  override readonly name = 'VaultIsEmpty'
}

export function openCloudVault(loadMaster: () => Promise<Uint8Array>, ensure: () => Promise<void>): CloudVault {
  const vault = withMasterKey(loadMaster)
  // Who needs the key is told why it cannot be had.
  return { ...vault, ensure, warm: () => void vault.derive('warm').catch(() => {}) }
}
