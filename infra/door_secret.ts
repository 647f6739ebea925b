/** What tells a function that a request came through the front door. Two values are valid, so that changing it interrupts nobody. */
import type { Stage } from './stages.ts'

export type DoorSecrets = {
  /** What the front door says. */
  readonly current: $util.Output<string>
  /** As `GATEHOUSE_DOOR_SECRETS` lists them: what the functions take. */
  readonly accepted: $util.Output<string>
}

const CHARACTERS = 48

export function createDoorSecrets({ doorSecret: { version } }: Stage): DoorSecrets {
  const versions = version > 1 ? [version, version - 1] : [version]
  const made = versions.map((each) => new random.RandomPassword(`DoorSecret${each}`, { length: CHARACTERS, special: false }))
  const results = made.map(({ result }) => result)
  const [current] = results
  if (!current) throw new Error('the door has no secret')
  return { current: $util.secret(current), accepted: $util.secret($resolve(results).apply((all) => all.join(','))) }
}
