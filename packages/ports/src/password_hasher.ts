/** Argon2id, PHC strings. Native where its binary is there, `node:crypto` otherwise (same bytes). */
export interface PasswordHasher {
  /** `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. */
  hash(password: string): Promise<string>
  verify(phc: string, password: string): Promise<boolean>
  /** A valid hash of a password that nobody knows, at the current cost: what equal work is done on for unknown people. */
  dummy(): Promise<string>
}
