import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { computePlan } from '../../infra/plan/compute_plan.ts'
import type { Plan } from '../../infra/plan/plan.ts'
import { PLANNED, PLANNED_STAGES } from '../../infra/plan/planned_stages.ts'
import { flatten, renderSnapshot } from '../../infra/plan/snapshot.ts'
import { ROOT } from '../house.ts'
import { describePlans, resource } from './plans.ts'

describePlans('a plan', (plans) => {
  test.each(PLANNED_STAGES)('of %s is as its committed snapshot says (npm run plan -- --write, and review)', (stage) => {
    expect(renderSnapshot(plans[stage])).toBe(readFileSync(join(ROOT, 'infra/plan/snapshots', `${stage}.txt`), 'utf8'))
  })

  test('is the same each time that it is computed, but for what the caller chooses as an answer of AWS and all that hangs on it', async () => {
    const domain = String(resource(plans.personal, 'Door').outputs.domainName)
    const again = await computePlan({ ...PLANNED.personal, answers: { Door: { domainName: 'box.test:8443' } } })

    expect(again.outputs.login).toBe('https://box.test:8443/t/main/login')
    expect(JSON.parse(JSON.stringify(again).replaceAll('box.test:8443', domain))).toEqual(plans.personal)
  })

  test('of a personal stage differs from production only where it should', () => {
    expect(differences(plans.personal, plans.production)).toEqual(PERSONAL_IS_OTHERWISE)
  })

  test('of staging differs from production only in how long logs are kept, and in what nobody may delete', () => {
    expect(differences(plans.staging, plans.production)).toEqual(STAGING_IS_OTHERWISE)
  })
})

const STAGING_IS_OTHERWISE = ['*LogGroup retentionInDays', 'ApprovalLog retentionInDays', 'TableTable protected', 'VaultKey protected']

const PERSONAL_IS_OTHERWISE = [
  '*Function environment.variables.GATEHOUSE_VAULT',
  '*LogGroup retentionInDays',
  '*Role inlinePolicies.0.policy.0',
  'Alarm * only in production',
  'Alarms only in production',
  'ApprovalLog retentionInDays',
  'Failures forceDestroy',
  'Failures retained',
  'OperateRole inlinePolicies.0.policy.1',
  'TableTable deletionProtectionEnabled',
  'TableTable pointInTimeRecovery.enabled',
  'TableTable pointInTimeRecovery.recoveryPeriodInDays',
  'TableTable protected',
  'TableTable retained',
  'VaultAlias only in production',
  'VaultKey only in production',
]

/** Resource and path of each difference, apart from the stage's name; the same one of many resources is one. */
function differences(one: Plan, production: Plan): string[] {
  const [here, there] = [leaves(one), leaves(production)]
  const found = [...new Set([...here.keys(), ...there.keys()])].filter((path) => here.get(path) !== there.get(path))
  const names = (plan: Plan) => new Set(plan.resources.map(({ name }) => name))
  const [known, knownThere] = [names(one), names(production)]
  const sentences = found.map((path) => {
    const [name = '', what = ''] = path.split('\t')
    if (!known.has(name)) return `${name} only in production`
    return knownThere.has(name) ? `${name} ${what}` : `${name} only here`
  })
  return [...new Set(sentences.map(ofMany))].sort()
}

function ofMany(sentence: string): string {
  if (sentence.startsWith('Alarm ')) return 'Alarm * only in production'
  if (/^\w+Function environment\.variables\.GATEHOUSE_VAULT$/.test(sentence)) return '*Function environment.variables.GATEHOUSE_VAULT'
  return sentence.replace(/^\w+LogGroup /, '*LogGroup ').replace(/^\w+Role (inlinePolicies\.0\.policy\.0)$/, '*Role $1')
}

function leaves({ stage, resources }: Plan): Map<string, string> {
  const all = resources.flatMap((made) => {
    const options = [['protected', String(made.protect)] as const, ['retained', String(made.retain)] as const]
    return [...flatten(made), ...options].map(([path, value]): [string, string] => [
      `${made.name}\t${path}`,
      value.replaceAll(`gatehouse-${stage}`, 'gatehouse').replaceAll(`/${stage}/`, '/').replaceAll(stage, ''),
    ])
  })
  return new Map(all)
}
