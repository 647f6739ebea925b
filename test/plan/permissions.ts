/** What a role may, against what its function declares to call: one sentence for each difference. */
import { type FunctionName, grantsOf, type On, WILDCARDS } from '../../infra/function_table.ts'
import type { Plan, PlannedResource } from '../../infra/plan/plan.ts'
import { list, type Statement, statementsOf } from './plans.ts'

/** The arn of each thing that a right can be about, as AWS writes it: resource by resource, never one for all. */
const ARNS: Readonly<Record<On, RegExp>> = {
  table: /^arn:aws:dynamodb:[\w-]+:\d+:table\/[\w-]+$/,
  index: /^arn:aws:dynamodb:[\w-]+:\d+:table\/[\w-]+\/index\/sparse$/,
  stream: /^arn:aws:dynamodb:[\w-]+:\d+:table\/[\w-]+\/stream\/[\d:T.-]+$/,
  streams: /^arn:aws:dynamodb:[\w-]+:\d+:table\/[\w-]+\/stream\/\*$/,
  vault_key: /^arn:aws:kms:[\w-]+:\d+:key\/[\w-]+$/,
  vault_parameter: /^arn:aws:ssm:[\w-]+:\d+:parameter\/gatehouse\/[\w-]+\/vault$/,
  messages: /^arn:aws:sqs:[\w-]+:\d+:[\w-]+-messages$/,
  feedback: /^arn:aws:sqs:[\w-]+:\d+:[\w-]+-feedback$/,
  state_machine: /^arn:aws:states:[\w-]+:\d+:stateMachine:[\w-]+-approval$/,
  failures: /^arn:aws:s3:::[\w-]*failures[\w-]*$/,
  kept_failures: /^arn:aws:s3:::[\w-]*failures[\w-]*\/\*$/,
  mail: /^arn:aws:ses:[\w-]+:\d+:(identity\/[\w.-]+|configuration-set\/[\w-]+)$/,
  anybodys_phone: /^arn:aws:sns:\*:\*:\*$/,
  hosts: /^arn:aws:cloudfront::\d+:(?:(?:distribution|connection-group)\/[\w-]+|distribution-tenant\/\*)$/,
  host_values: /^arn:aws:cloudfront::\d+:key-value-store\/[\w-]+$/,
  own_log: /^arn:aws:logs:[\w-]+:\d+:log-group:\/aws\/lambda\/[\w-]+:\*$/,
  traces: /^\*$/,
}

/** Everything that is wrong with the role of one function; nothing, if it allows exactly what is declared. */
export function roleComplaints(name: FunctionName, role: PlannedResource): string[] {
  const declared = grantsOf(name)
  const given = policiesOf(role)
  const known = new Map(declared.map((grant) => [grant.sid, grant]))
  const tooMuch = given.flatMap((statement) => {
    const { Sid = 'a statement without a name' } = statement
    const grant = known.get(Sid)
    if (!grant) return [`${name}: ${Sid} is declared nowhere`]
    const actions = list(statement.Action).filter((action) => !grant.actions.includes(action))
    const about = [...list(statement.Resource), ...list(statement.NotResource)].filter((arn) => !grant.on.some((on) => ARNS[on].test(arn)))
    return [...actions.map((action) => `${name}: ${Sid} allows ${action}`), ...about.map((arn) => `${name}: ${Sid} is about ${arn}`)]
  })
  const attached = list(role.inputs.managedPolicyArns as string[]).map((arn) => `${name}: ${arn} is attached`)
  return [...tooMuch, ...attached, ...wildcardComplaints(name, given), ...trustComplaints(name, role)]
}

/** `*` where AWS forces it, and the reason is written down; nowhere else. */
export function wildcardComplaints(whose: string, statements: readonly Statement[]): string[] {
  return statements.flatMap((statement) => {
    const { Sid = 'a statement without a name' } = statement
    if (statement.Effect !== 'Allow') return []
    const actions = list(statement.Action)
      .filter((action) => action.includes('*'))
      .map((action) => `${whose}: ${Sid} allows ${action}`)
    const everything = list(statement.Resource).includes('*') || list(statement.NotResource).length > 0
    return [...actions, ...(everything && !(Sid in WILDCARDS) ? [`${whose}: ${Sid} is about everything`] : [])]
  })
}

function trustComplaints(name: string, role: PlannedResource): string[] {
  const trusted = statementsOf(role.inputs.assumeRolePolicy).map(({ Principal }) => JSON.stringify(Principal))
  return trusted.filter((who) => who !== '{"Service":"lambda.amazonaws.com"}').map((who) => `${name}: ${who} may take the role on`)
}

export function policiesOf(role: PlannedResource): Statement[] {
  const inline = (role.inputs.inlinePolicies ?? []) as { readonly policy: string }[]
  return inline.flatMap(({ policy }) => statementsOf(policy))
}

/** Rights that the table declares and no role of the plan has. */
export function missingRights(plan: Plan, roles: ReadonlyMap<FunctionName, PlannedResource>): string[] {
  // A stage without a domain has one host only.
  const oneHost = !plan.resources.some(({ type }) => type === 'aws:cloudfront/multitenantDistribution:MultitenantDistribution')
  const absent: readonly string[] = [plan.stage === 'jo' ? 'vault_key' : 'vault_parameter', ...(oneHost ? ['hosts', 'host_values'] : [])]
  return [...roles].flatMap(([name, role]) => {
    const given = policiesOf(role)
    return grantsOf(name).flatMap(({ sid, actions, on }) => {
      if (on.every((what) => absent.includes(what))) return []
      const service = (action: string): boolean =>
        !(on.includes('vault_key') && action.startsWith(absent.includes('vault_key') ? 'kms:' : 'ssm:'))
      const found = given.filter((statement) => statement.Sid === sid).flatMap(({ Action }) => list(Action))
      return actions.filter((action) => service(action) && !found.includes(action)).map((action) => `${name}: ${sid} lacks ${action}`)
    })
  })
}
