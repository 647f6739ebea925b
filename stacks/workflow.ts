/** Approvals: the state machine, what it calls, and who looks after requests that it lost. */
import { createFunction } from '../infra/functions.ts'
import { sweepOnFailure, sweepOnSchedule } from '../infra/schedule.ts'
import type { Stage } from '../infra/stages.ts'
import { createStateMachine, stateMachineArn } from '../infra/state_machine.ts'
import type { Foundation } from './foundation.ts'
import type { Web } from './web.ts'

export type Workflow = {
  readonly task: sst.aws.Function
  readonly sweep: sst.aws.Function
  readonly stateMachine: aws.sfn.StateMachine
}

export function deployWorkflow(stage: Stage, { options }: Foundation, { origin }: Web): Workflow {
  const own = {
    arns: { state_machine: [stateMachineArn()] },
    environment: { GATEHOUSE_ORIGIN: origin, GATEHOUSE_STATE_MACHINE: stateMachineArn() },
  }
  const task = createFunction('task', options(own))
  const sweep = createFunction('sweep', options(own))
  const stateMachine = createStateMachine(stage, task)
  sweepOnSchedule(sweep)
  sweepOnFailure(sweep, stateMachine)
  return { task, sweep, stateMachine }
}
