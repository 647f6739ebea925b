/** What wakes the sweeper: the clock, and an execution that ended badly. */
import { named } from './names.ts'

export function sweepOnSchedule(sweep: sst.aws.Function): aws.cloudwatch.EventRule {
  const rule = new aws.cloudwatch.EventRule('SweepSchedule', {
    name: named('sweep-schedule'),
    description: 'Approvals whose execution was lost are found within a quarter of an hour',
    scheduleExpression: 'rate(15 minutes)',
  })
  callBy('Schedule', rule, sweep)
  return rule
}

export function sweepOnFailure(sweep: sst.aws.Function, stateMachine: aws.sfn.StateMachine): aws.cloudwatch.EventRule {
  const rule = new aws.cloudwatch.EventRule('SweepFailed', {
    name: named('sweep-failed'),
    description: 'An execution that failed, timed out or was aborted leaves its request where it is: the sweeper enters it again',
    eventPattern: $jsonStringify({
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'], stateMachineArn: [stateMachine.arn] },
    }),
  })
  callBy('Failed', rule, sweep)
  return rule
}

function callBy(title: string, rule: aws.cloudwatch.EventRule, called: sst.aws.Function): void {
  new aws.cloudwatch.EventTarget(`Sweep${title}Target`, { rule: rule.name, arn: called.arn })
  new aws.lambda.Permission(`Sweep${title}Permission`, {
    action: 'lambda:InvokeFunction',
    function: called.name,
    principal: 'events.amazonaws.com',
    sourceArn: rule.arn,
  })
}
