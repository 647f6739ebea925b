/** Seals what must be stored but not read: private keys, upstream secrets, cookies' master key. KMS in the cloud, a key file locally. */
export interface KeyVault {
  /** `context` is authenticated, not stored: unsealing with another context fails. Output is text safe for an item. */
  seal(plaintext: Uint8Array, context: string): Promise<string>
  /** Throws when the text was changed or the context differs. */
  unseal(sealed: string, context: string): Promise<Uint8Array>
  /** A 32-byte key derived for one purpose (HKDF-SHA256 of the vault's own key with `purpose`); the same on every container. */
  derive(purpose: string): Promise<Uint8Array>
}
