/** Argon2id, PHC strings. Native where its binary is there, `node:crypto` otherwise (same bytes). */
export interface PasswordHasher {
  /** `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. */
  hash(password: string): Promise<string>
  /** A valid hash of a password that nobody knows, at the current cost: what equal work is done on for unknown people. */
  dummy(): Promise<string>
  /**
   * Comparisons are bounded in number, and a crowd is turned away: `unavailable`, before `work` begins. So what `work` does first (reserving a try) is done
   * only for a password that will be compared.
   */
  admit<Result>(work: (verify: Verify) => Promise<Result>): Promise<Result>
}

export type Verify = (phc: string, password: string) => Promise<boolean>
