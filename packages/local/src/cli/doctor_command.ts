/** `doctor`: asks everything that can be wrong, and says of what is not good what to do. */
import type { Diagnosis, State } from '@gatehouse/stage/doctor/check.ts'
import { BadCommand } from './bad_command.ts'
import { type Asked, exactly } from './command.ts'

const WORDS: Readonly<Record<State, string>> = { good: 'good', look: 'look', bad: 'BAD ', unknown: '?   ' }

export async function doctor(asked: Asked): Promise<void> {
  exactly(asked.words, 0, 'doctor [--json]')
  const diagnoses = asked.place.stageName === undefined ? await examineMachine(asked) : await examineStage(asked.place)
  if (asked.flags.json) asked.say(JSON.stringify(diagnoses, undefined, 2))
  else for (const line of report(diagnoses)) asked.say(line)
  const bad = diagnoses.filter(({ state }) => state === 'bad').map(({ name }) => name)
  if (bad.length > 0) throw new BadCommand(`not well: ${bad.join(', ')}`)
}

/** A row each, with what to do below a row that is not good. */
export function report(diagnoses: readonly Diagnosis[]): string[] {
  const width = Math.max(...diagnoses.map(({ name }) => name.length))
  return diagnoses.flatMap(({ name, state, found, asked, good, todo }) => [
    `${WORDS[state]}  ${name.padEnd(width)}  ${found}`,
    ...(state === 'good' ? [] : [`      good is: ${good} (${asked})`, `      what to do: ${todo}`]),
  ])
}

async function examineMachine({ place, environment }: Asked): Promise<Diagnosis[]> {
  const { examine } = await import('@gatehouse/stage/doctor/check.ts')
  const { LOCAL_CHECKS } = await import('./local_checks.ts')
  return examine(LOCAL_CHECKS, { data: place.data, environment })
}

/** Before the first deployment the account alone is asked: that is when its limits are best raised. */
async function examineStage(place: Asked['place']): Promise<Diagnosis[]> {
  const { examine } = await import('@gatehouse/stage/doctor/check.ts')
  const { ACCOUNT_CHECKS } = await import('@gatehouse/stage/doctor/account_checks.ts')
  const { STAGE_CHECKS } = await import('@gatehouse/stage/doctor/stage_checks.ts')
  const { StageRefusal } = await import('@gatehouse/stage/refusal.ts')
  const outputs = await place.stage().catch((error: unknown) => {
    if (error instanceof StageRefusal && error.code === 'ParameterNotFound') return error
    throw error
  })
  if (!(outputs instanceof StageRefusal))
    return [...(await examine(ACCOUNT_CHECKS, { region: outputs.region })), ...(await examine(STAGE_CHECKS, outputs))]
  const missing: Diagnosis = {
    name: 'Stage',
    asked: 'ssm:GetParameter',
    good: 'deployed',
    todo: `npx sst deploy --stage ${place.stageName} (docs/deploy.md)`,
    state: 'bad',
    found: outputs.message,
  }
  return [...(await examine(ACCOUNT_CHECKS, { region: undefined })), missing]
}
