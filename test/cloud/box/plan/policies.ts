/** Every permission of the plan as statements: the policies of roles, and those of what they reach. */
import { parsePolicy, type Statement } from '../iam/policy.ts'
import { type Fields, fieldsOf, listOf, optionalText, type Plan, resourcesOf, textOf } from './resources.ts'

export type PlannedPolicies = {
  /** Role ARN -> what it may. */
  readonly roles: ReadonlyMap<string, readonly Statement[]>
  /** ARN -> who may do what to it. */
  readonly resources: ReadonlyMap<string, readonly Statement[]>
  /** Role ARN -> who may take it on. */
  readonly trust: ReadonlyMap<string, readonly Statement[]>
}

/** AWS's own policies that the plan attaches: what they allow, as far as functions need it. */
const MANAGED: Readonly<Record<string, unknown>> = {
  'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole': {
    Statement: [{ Effect: 'Allow', Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' }],
  },
}

export function readPolicies(plan: Plan): PlannedPolicies {
  return { roles: rolePolicies(plan), resources: resourcePolicies(plan), trust: trustPolicies(plan) }
}

function rolePolicies(plan: Plan): Map<string, Statement[]> {
  const customer = new Map(resourcesOf(plan, 'policy').map((policy) => [textOf(policy, 'arn'), fieldsOf(policy).policy]))
  return new Map(
    resourcesOf(plan, 'role').map((role) => {
      const [arn, name] = [textOf(role, 'arn'), textOf(role, 'name')]
      const inline = listOf(fieldsOf(role), 'inlinePolicies').map((one, index) => ({
        name: String((one as Fields).name ?? `inline${index}`),
        document: (one as Fields).policy,
      }))
      const separate = resourcesOf(plan, 'rolePolicy')
        .filter((policy) => [name, role.id].includes(textOf(policy, 'role')))
        .map((policy) => ({ name: policy.name, document: fieldsOf(policy).policy }))
      const attached = [
        ...listOf(fieldsOf(role), 'managedPolicyArns').map(String),
        ...resourcesOf(plan, 'policyAttachment')
          .filter((attachment) => [name, role.id].includes(textOf(attachment, 'role')))
          .map((attachment) => textOf(attachment, 'policyArn')),
      ].map((policyArn) => ({ name: policyArn.split('/').at(-1) ?? policyArn, document: documentOf(policyArn, customer) }))
      const statements = [...inline, ...separate, ...attached]
        .filter(({ document }) => document !== undefined)
        .flatMap((policy) => parsePolicy(`${role.name}/${policy.name}`, policy.document))
      return [arn, statements]
    }),
  )
}

function documentOf(arn: string, customer: ReadonlyMap<string, unknown>): unknown {
  const found = customer.get(arn) ?? MANAGED[arn]
  if (found === undefined) throw new TypeError(`the box does not know the managed policy ${arn}`)
  return found
}

function trustPolicies(plan: Plan): Map<string, Statement[]> {
  return new Map(
    resourcesOf(plan, 'role').map((role) => [textOf(role, 'arn'), parsePolicy(`${role.name}/trust`, fieldsOf(role).assumeRolePolicy)]),
  )
}

function resourcePolicies(plan: Plan): Map<string, Statement[]> {
  const found = new Map<string, Statement[]>()
  const add = (arn: string, statements: readonly Statement[]) => found.set(arn, [...(found.get(arn) ?? []), ...statements])
  const arnById = (kind: 'queue' | 'topic' | 'bucket' | 'key', id: string): string => {
    const resource = resourcesOf(plan, kind).find((one) => [one.id, ...Object.values(one.outputs)].includes(id))
    if (!resource) throw new TypeError(`a policy of the plan is for ${id}, which is not in it`)
    return textOf(resource, 'arn')
  }
  for (const policy of resourcesOf(plan, 'queuePolicy'))
    add(arnById('queue', textOf(policy, 'queueUrl')), parsePolicy(policy.name, fieldsOf(policy).policy))
  for (const policy of resourcesOf(plan, 'topicPolicy'))
    add(arnById('topic', textOf(policy, 'arn')), parsePolicy(policy.name, fieldsOf(policy).policy))
  for (const policy of resourcesOf(plan, 'bucketPolicy'))
    add(arnById('bucket', textOf(policy, 'bucket')), parsePolicy(policy.name, fieldsOf(policy).policy))
  for (const policy of resourcesOf(plan, 'keyPolicy'))
    add(arnById('key', textOf(policy, 'keyId')), parsePolicy(policy.name, fieldsOf(policy).policy))
  for (const kind of ['queue', 'topic', 'key'] as const)
    for (const resource of resourcesOf(plan, kind)) {
      const document = optionalText(resource, 'policy')
      if (document !== undefined) add(textOf(resource, 'arn'), parsePolicy(resource.name, document))
    }
  for (const permission of resourcesOf(plan, 'permission'))
    add(functionArn(plan, permission.inputs), [permissionStatement(plan, permission.name, permission.inputs)])
  return found
}

/** `AddPermission` writes a statement: who, what, and from which source and account. */
function permissionStatement(plan: Plan, name: string, inputs: Fields): Statement {
  const { principal, action, sourceArn, sourceAccount, functionUrlAuthType, invokedViaFunctionUrl } = inputs
  const conditions: Record<string, Record<string, string[]>> = {}
  const add = (operator: string, key: string, value: unknown) => {
    if (value !== undefined) conditions[operator] = { ...conditions[operator], [key]: [String(value)] }
  }
  add('ArnLike', 'aws:sourcearn', sourceArn)
  add('StringEquals', 'aws:sourceaccount', sourceAccount)
  add('StringEquals', 'lambda:functionurlauthtype', functionUrlAuthType)
  add('Bool', 'lambda:invokedviafunctionurl', invokedViaFunctionUrl)
  return {
    id: `${name}#permission`,
    effect: 'Allow',
    actions: [String(action)],
    resources: [functionArn(plan, inputs)],
    otherThan: [],
    principals: [principal === '*' ? '*' : String(principal).includes('amazonaws.com') ? `Service:${principal}` : `AWS:${principal}`],
    conditions,
  }
}

/** Its `function` is a name or an ARN. */
export function functionArn(plan: Plan, { function: wanted, functionName = wanted }: Fields): string {
  const found = resourcesOf(plan, 'function').find((one) =>
    [one.id, textOf(one, 'arn'), textOf(one, 'name')].includes(String(functionName)),
  )
  if (!found) throw new TypeError(`the plan has no function ${String(functionName)}`)
  return textOf(found, 'arn')
}
