import { describe, expect, test } from 'vitest'
import { FUNCTIONS, type FunctionName, WILDCARDS } from '../../infra/function_table.ts'
import type { Plan, PlannedResource } from '../../infra/plan/plan.ts'
import { PLANNED_STAGES } from '../../infra/plan/planned_stages.ts'
import { missingRights, policiesOf, roleComplaints, wildcardComplaints } from './permissions.ts'
import { describePlans, ofType, resource, statementsOf } from './plans.ts'

describePlans('a role', (plans) => {
  describe.each(PLANNED_STAGES)('in %s', (stage) => {
    const plan = plans[stage]

    test('allows nothing but what its function declares to call', () => {
      const expected = stage === 'everything_on' ? FUNCTIONS.map((name) => `${name}: LambdaJoinsVpc is declared nowhere`) : []
      expect([...rolesOf(plan)].flatMap(([name, role]) => roleComplaints(name, role))).toEqual(expected)
    })

    test('allows all of that', () => {
      const mailless = plan.resources.every(({ name }) => name !== 'MailDomain')
      expect(missingRights(plan, rolesOf(plan))).toEqual(mailless ? ['deliver: Mail lacks ses:SendEmail'] : [])
    })

    test('of any kind says * only where AWS forces it', () => {
      const roles = ofType(plan, 'aws:iam/role:Role')
      expect(roles.flatMap((role) => wildcardComplaints(role.name, policiesOf(role)))).toEqual([])
    })
  })

  test('with a * makes this red', () => {
    const token = resource(plans.production, 'TokenRole')
    const canary = (statement: object): PlannedResource => ({
      ...token,
      inputs: { ...token.inputs, inlinePolicies: [{ policy: JSON.stringify({ Statement: [...policiesOf(token), statement] }) }] },
    })

    expect(roleComplaints('token', token)).toEqual([])
    expect(roleComplaints('token', canary({ Sid: 'Table', Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' }))).toEqual([
      'token: Table allows dynamodb:*',
      'token: Table is about *',
      'token: Table allows dynamodb:*',
      'token: Table is about everything',
    ])
    expect(roleComplaints('token', canary({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }))).toHaveLength(2)
    expect(
      roleComplaints('token', {
        ...token,
        inputs: { ...token.inputs, managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
      }),
    ).toHaveLength(1)
  })

  test("of sst's own making would make this red: the account's root may take it on", () => {
    const token = resource(plans.production, 'TokenRole')
    const trust = {
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'lambda.amazonaws.com', AWS: 'arn:aws:iam::123456789012:root' },
          Action: 'sts:AssumeRole',
        },
      ],
    }

    expect(roleComplaints('token', { ...token, inputs: { ...token.inputs, assumeRolePolicy: JSON.stringify(trust) } })).toHaveLength(1)
  })

  test('is never given to all; every reason for a * is needed', () => {
    const sids = Object.values(plans).flatMap((plan) =>
      ofType(plan, 'aws:iam/role:Role').flatMap((role) => policiesOf(role).map(({ Sid }) => Sid)),
    )
    expect(Object.keys(WILDCARDS).filter((sid) => !sids.includes(sid))).toEqual([])
  })
})

describePlans('what others may do to ours', (plans) => {
  test.each(PLANNED_STAGES)('is named one by one in %s', (stage) => {
    const plan = plans[stage]
    const policies = ['aws:sqs/queuePolicy:QueuePolicy', 'aws:sns/topicPolicy:TopicPolicy', 'aws:s3/bucketPolicy:BucketPolicy'].flatMap(
      (type) => ofType(plan, type),
    )

    expect(policies).not.toHaveLength(0)
    for (const policy of policies) {
      for (const statement of statementsOf(policy.inputs.policy)) {
        expect(statement, policy.name).toMatchObject({
          Principal: { Service: expect.stringMatching(/\.amazonaws\.com$/) },
          Condition: expect.anything(),
        })
      }
      expect(wildcardComplaints(policy.name, statementsOf(policy.inputs.policy))).toEqual([])
    }
  })

  test('anybody may call only the functions behind the front door, through their address', () => {
    const open = ofType(plans.production, 'aws:lambda/permission:Permission').filter(({ inputs }) => inputs.principal === '*')

    expect(open).toHaveLength(14)
    for (const { inputs } of open) expect(inputs.invokedViaFunctionUrl === true || inputs.functionUrlAuthType === 'NONE').toBe(true)
    for (const background of ['operate', 'task', 'relay', 'deliver', 'sweep']) expect(JSON.stringify(open)).not.toContain(`-${background}"`)
  })
})

function rolesOf(plan: Plan): Map<FunctionName, PlannedResource> {
  return new Map(FUNCTIONS.map((name) => [name, resource(plan, `${name.charAt(0).toUpperCase()}${name.slice(1)}Role`)]))
}
