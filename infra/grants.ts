/** Rows of rights -> the policy and the trust of a function's role. */
import { type FunctionName, type Grant, grantsOf, type On } from './function_table.ts'
import { arnOf, named } from './names.ts'

type Arn = $util.Input<string>
/** The arns of what a right is about. Absent: this stage has none of it, and the right falls away. */
export type Arns = Partial<Readonly<Record<On, readonly Arn[]>>>

type Statement = {
  Sid: string
  Effect: 'Allow'
  Action: string[]
  Resource?: $util.Output<string[]>
  NotResource?: string[]
  Condition?: object
}

/** What the action's service is called in the arns that it can be about: `kms:Decrypt` is about keys, never about parameters. */
const SERVICES: Readonly<Record<string, readonly On[]>> = { kms: ['vault_key'], ssm: ['vault_parameter'] }

/** KMS opens our master key for nothing else. */
const CONDITIONS: Partial<Readonly<Record<On, object>>> = {
  vault_key: { StringEquals: { 'kms:EncryptionContext:purpose': 'gatehouse-vault' } },
}

export function rolePolicy(name: FunctionName, arns: Arns, inVpc: boolean): $util.Output<string> {
  const own = { ...arns, own_log: [arnOf('logs', `log-group:/aws/lambda/${named(name)}:*`)] }
  const statements = grantsOf(name).flatMap((grant) => statementsOf(grant, own))
  return $jsonStringify({ Version: '2012-10-17', Statement: inVpc ? [...statements, JOIN_VPC] : statements })
}

function statementsOf({ sid, actions, on }: Grant, arns: Arns): Statement[] {
  return on.flatMap((what): Statement[] => {
    const about = arns[what]
    const possible = actions.filter((action) => SERVICES[action.split(':')[0] ?? '']?.includes(what) ?? true)
    if (what === 'traces') return [{ Sid: sid, Effect: 'Allow', Action: possible, Resource: $output(['*']) }]
    if (what === 'anybodys_phone') return [{ Sid: sid, Effect: 'Allow', Action: possible, NotResource: ['arn:aws:sns:*:*:*'] }]
    if (!about || possible.length === 0) return []
    const condition = CONDITIONS[what]
    return [{ Sid: sid, Effect: 'Allow', Action: possible, Resource: $output([...about]), ...(condition ? { Condition: condition } : {}) }]
  })
}

/** The switch `vpc`. */
const JOIN_VPC: Statement = {
  Sid: 'LambdaJoinsVpc',
  Effect: 'Allow',
  Action: ['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface'],
  Resource: $output(['*']),
}

/** sst lets the account's root assume the role, too; only Lambda has to. */
export const LAMBDA_ONLY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
})
