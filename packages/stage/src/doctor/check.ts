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
      // One question that cannot be asked must not hide the answers to the others.
      const finding = await look(about).catch((error: unknown): Finding => ({ state: 'unknown', found: told(error) }))
      return { ...check, ...finding }
    }),
  )
}

function told(error: unknown): string {
  if (error instanceof StageRefusal) return error.message
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
