import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import validate from 'asl-validator'
import { expect, test } from 'vitest'
import { PLANNED_STAGES } from '../../infra/plan/planned_stages.ts'
import { ROOT } from '../house.ts'
import { describePlans, resource, statementsOf } from './plans.ts'

describePlans('the state machine', (plans) => {
  test.each(PLANNED_STAGES)('of %s is the one that runs on one machine, and valid', (stage) => {
    const { inputs } = resource(plans[stage], 'Approval')
    const task = String(resource(plans[stage], 'TaskFunction').outputs.arn)
    const source = readFileSync(join(ROOT, 'packages/workflow/src/approval.asl.json'), 'utf8')
    const definition = JSON.parse(String(inputs.definition))

    expect(inputs.type).toBe('STANDARD')
    expect(definition).toEqual(JSON.parse(source.replaceAll(/\$\{TaskFunctionArn\}/g, task)))
    expect(validate(definition)).toMatchObject({ isValid: true })
    expect(String(inputs.definition)).not.toContain('${')
  })

  test('may call the task function and nothing else', () => {
    const policies = resource(plans.production, 'ApprovalRole').inputs.inlinePolicies as { policy: string }[]
    const called = policies.flatMap(({ policy }) => statementsOf(policy)).filter(({ Action }) => Action === 'lambda:InvokeFunction')

    expect(called.map(({ Resource }) => Resource)).toEqual([resource(plans.production, 'TaskFunction').outputs.arn])
  })

  test('is known to those who start it by the arn that it gets', () => {
    const { outputs } = resource(plans.production, 'Approval')
    for (const name of ['TaskFunction', 'RelayFunction', 'SweepFunction']) {
      expect(JSON.stringify(resource(plans.production, name).inputs.environment)).toContain(`"GATEHOUSE_STATE_MACHINE":"${outputs.arn}"`)
    }
  })
})
