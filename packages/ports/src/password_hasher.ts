/** Argon2id, PHC strings. Native where its binary is there, `node:crypto` otherwise (same bytes). Hashes of other systems are compared, and never made. */
export interface PasswordHasher {
  /** `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. */
  hash(password: string): Promise<string>
  /** Is it as `hash` makes it now? Another one is renewed when its password is known. */
  isCurrent(stored: string): boolean
  /** A valid hash of a password that nobody knows, at the current cost: what equal work is done on for unknown people. */
  dummy(): Promise<string>
  /**
   * Comparisons are bounded in number, and a crowd is turned away: `unavailable`, before `work` begins. So what `work` does first (reserving a try) is done
   * only for a password that will be compared. `hash`, as above, for whoever is admitted already.
   */
  admit<Result>(work: (verify: Verify, hash: PasswordHasher['hash']) => Promise<Result>): Promise<Result>
}

/** `stored`: a hash of the house's own, or one in a form of `core/password_hash`. */
export type Verify = (stored: string, password: string) => Promise<boolean>
