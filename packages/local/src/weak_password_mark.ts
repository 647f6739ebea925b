/** Remembers, beside the data, that a password was taken which the policy refuses: such data is never opened to anyone but this machine. */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export class WeakPasswords extends Error {
  override readonly name = 'WeakPasswords'
}

export function weakPasswordMark(data: string): { set(): void; stands(): boolean; refuse(): void } {
  const mark = join(data, 'weak_passwords')
  return {
    /** Written before the password is stored. */
    set() {
      if (!existsSync(mark))
        writeFileSync(mark, 'The demo seed, or an administrator, set passwords here that the policy refuses.\n', { mode: 0o600 })
    },
    stands: () => existsSync(mark),
    refuse() {
      if (!existsSync(mark)) return
      throw new WeakPasswords(
        `${data} holds people with weak passwords, such as the demo's. It is opened on a loopback address with a loopback origin only; choose another directory with --data.`,
      )
    },
  }
}
