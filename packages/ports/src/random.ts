/** Randomness comes in as an argument; the platform's generator behind it. */
export interface Random {
  bytes(length: number): Uint8Array
  /** `bytes` random bytes, base64url. 16 bytes for ids, 32 for secrets. */
  token(bytes: number): string
}
