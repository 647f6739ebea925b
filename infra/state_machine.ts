/** Approvals in Step Functions: the very states that run on one machine. sst's component would write JSONata, and grant too much. */
import { readFileSync } from 'node:fs'
import type { WILDCARDS } from './function_table.ts'
import { arnOf, currentAccount, named } from './names.ts'
import type { Stage } from './stages.ts'

const NAME = 'approval'
const RETENTION_DAYS = { '1 week': 7, '1 month': 30, '3 months': 90 }

/** Known before it exists: the task function must know it, and it must know the task function. */
export function stateMachineArn(): $util.Output<string> {
  return arnOf('states', `stateMachine:${named(NAME)}`)
}

export function createStateMachine(stage: Stage, task: sst.aws.Function): aws.sfn.StateMachine {
  const definition = readFileSync(`${$cli.paths.root}/packages/workflow/src/approval.asl.json`, 'utf8')
  const log = new aws.cloudwatch.LogGroup('ApprovalLog', {
    name: `/aws/vendedlogs/states/${named(NAME)}`,
    retentionInDays: RETENTION_DAYS[stage.logs],
  })
  const role = new aws.iam.Role('ApprovalRole', {
    name: named('approval-role'),
    assumeRolePolicy: $jsonStringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'states.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'aws:SourceAccount': currentAccount() } },
        },
      ],
    }),
    inlinePolicies: [
      {
        name: 'house',
        policy: $jsonStringify({
          Version: '2012-10-17',
          Statement: [
            { Sid: 'Task', Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: task.arn },
            { Sid: 'StatesLogs' satisfies keyof typeof WILDCARDS, Effect: 'Allow', Action: LOG_DELIVERY, Resource: '*' },
          ],
        }),
      },
    ],
  })
  return new aws.sfn.StateMachine('Approval', {
    name: named(NAME),
    type: 'STANDARD',
    roleArn: role.arn,
    definition: task.arn.apply((arn) => definition.replaceAll(/\$\{TaskFunctionArn\}/g, arn)),
    // that something failed, and where; never what people wrote
    loggingConfiguration: { level: 'ERROR', includeExecutionData: false, logDestination: $interpolate`${log.arn}:*` },
  })
}

const LOG_DELIVERY = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
]
