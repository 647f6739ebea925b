/** A question of the doctor: how it is asked, what a good answer is, and what to do about another. */
import { StageRefusal } from '../refusal.ts'

/** `look`: works, and a person should know; `unknown`: could not be asked. */
export type State = 'good' | 'look' | 'bad' | 'unknown'
export type Finding = { readonly state: State; readonly found: string }

export type Check<About> = {
  readonly name: string
  /** The call, or the command, that answers it. */
  readonly asked: string
  readonly good: string
  readonly todo: string
  readonly look: (about: About) => Promise<Finding>
}

export type Diagnosis = Omit<Check<unknown>, 'look'> & Finding

export async function examine<About>(checks: readonly Check<About>[], about: About): Promise<Diagnosis[]> {
  return Promise.all(
    checks.map(async ({ look, ...check }) => {
      const finding = await look(about).catch((error: unknown): Finding => {
        // What a person can mend is a finding; anything else is a mistake of ours and must be seen as one.
        if (error instanceof StageRefusal) return { state: 'unknown', found: error.message }
        throw error
      })
      return { ...check, ...finding }
    }),
  )
}
