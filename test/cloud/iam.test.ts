/** IAM as the box knows it: what a policy says, who may do what, and that nothing passes because nobody read it. */
import { expect, test } from 'vitest'
import { type Need, openAuthority, type Principal } from './box/iam/authority.ts'
import { parsePolicy } from './box/iam/policy.ts'

const ACCOUNT = '123456789012'
const ROLE: Principal = { kind: 'role', arn: `arn:aws:iam::${ACCOUNT}:role/token`, name: 'token', session: 's' }
const TABLE = `arn:aws:dynamodb:eu-central-1:${ACCOUNT}:table/house`

function decided(identity: readonly object[], need: Need, own: readonly object[] = [], principal: Principal = ROLE): boolean {
  const authority = openAuthority({
    account: ACCOUNT,
    roles: new Map(identity.length > 0 ? [[`arn:aws:iam::${ACCOUNT}:role/token`, parsePolicy('role', { Statement: identity })]] : []),
    resources: new Map(own.length > 0 ? [[need.owner ?? need.resource, parsePolicy('resource', { Statement: own })]] : []),
  })
  return authority.decide(principal, need).allowed
}

const allow = (Action: string | string[], Resource: string | string[], Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition ? { Condition } : {}),
})

test.each([
  ['its own action on its own table', allow('dynamodb:GetItem', TABLE), 'dynamodb:GetItem', TABLE, true],
  ['another action', allow('dynamodb:GetItem', TABLE), 'dynamodb:PutItem', TABLE, false],
  [
    'an index of the table, which is a resource of its own',
    allow('dynamodb:Query', TABLE),
    'dynamodb:Query',
    `${TABLE}/index/sparse`,
    false,
  ],
  ['names of actions have no case', allow('DynamoDB:getitem', TABLE), 'dynamodb:GetItem', TABLE, true],
  ['a star within an ARN', allow('s3:GetObject', 'arn:aws:s3:::files/*'), 's3:GetObject', 'arn:aws:s3:::files/a/b', true],
  ['a star is no dot of a regular expression', allow('s3:GetObject', 'arn:aws:s3:::a.b/*'), 's3:GetObject', 'arn:aws:s3:::axb/c', false],
] as const)('%s', (_, statement, action, resource, expected) => {
  expect(decided([statement], { action, resource })).toBe(expected)
})

test('an explicit deny wins over every allow', () => {
  const need = { action: 'dynamodb:PutItem', resource: TABLE }

  expect(decided([allow('*', '*')], need)).toBe(true)
  expect(decided([allow('*', '*'), { Effect: 'Deny', Action: 'dynamodb:Put*', Resource: '*' }], need)).toBe(false)
})

test('NotResource is everything but what it names: a phone number, and no topic', () => {
  const statement = { Effect: 'Allow', Action: 'sns:Publish', NotResource: 'arn:aws:sns:*:*:*' }

  expect(decided([statement], { action: 'sns:Publish', resource: '+4915123456789' })).toBe(true)
  expect(decided([statement], { action: 'sns:Publish', resource: `arn:aws:sns:eu-central-1:${ACCOUNT}:feedback` })).toBe(false)
})

test.each([
  ['StringEquals', { StringEquals: { 'kms:EncryptionContext:purpose': 'vault' } }, { 'kms:encryptioncontext:purpose': 'vault' }, true],
  [
    'StringEquals with another value',
    { StringEquals: { 'kms:EncryptionContext:purpose': 'vault' } },
    { 'kms:encryptioncontext:purpose': 'x' },
    false,
  ],
  ['StringEquals where the key is absent', { StringEquals: { 'kms:EncryptionContext:purpose': 'vault' } }, {}, false],
  ['StringNotEquals where the key is absent', { StringNotEquals: { a: 'b' } }, {}, true],
  ['StringEqualsIfExists where the key is absent', { StringEqualsIfExists: { a: 'b' } }, {}, true],
  ['ArnLike', { ArnLike: { 'aws:SourceArn': 'arn:aws:events:*:*:rule/x-*' } }, { 'aws:sourcearn': 'arn:aws:events:eu:1:rule/x-y' }, true],
  ['ForAllValues with one too many', { 'ForAllValues:StringEquals': { a: ['1', '2'] } }, { a: ['1', '3'] }, false],
  ['ForAnyValue', { 'ForAnyValue:StringEquals': { a: ['1'] } }, { a: ['1', '3'] }, true],
  ['all operators together', { StringEquals: { a: '1' }, Bool: { b: 'true' } }, { a: '1', b: 'false' }, false],
] as const)('the condition %s', (_, condition, context, expected) => {
  expect(decided([allow('kms:Decrypt', '*', condition)], { action: 'kms:Decrypt', resource: 'key', context })).toBe(expected)
})

test('a service gets in by the policy of the resource only, and only from the source that it names', () => {
  const queue = `arn:aws:sqs:eu-central-1:${ACCOUNT}:feedback`
  const own = {
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: queue,
    Condition: { ArnEquals: { 'aws:SourceArn': 'arn:ours' } },
  }
  const from = (source: string, name = 'sns.amazonaws.com') =>
    decided([], { action: 'sqs:SendMessage', resource: queue, context: { 'aws:sourcearn': source } }, [own], { kind: 'service', name })

  expect(from('arn:ours')).toBe(true)
  expect(from('arn:somebody-elses')).toBe(false)
  expect(from('arn:ours', 'ses.amazonaws.com')).toBe(false)
})

test("a key asks its own policy too: the role's alone is not enough where the key does not name the account", () => {
  const key = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/1`
  const need = { action: 'kms:Decrypt', resource: key }
  const account = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' }
  const somebody = { ...account, Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/other` } }

  expect(decided([allow('kms:Decrypt', key)], need, [account])).toBe(true)
  expect(decided([allow('kms:Decrypt', key)], need, [somebody])).toBe(false)
  expect(decided([], need, [account])).toBe(false)
})

test.each([
  ['an element', { Effect: 'Allow', NotAction: 'x', Resource: '*' }, 'the element NotAction'],
  ['a condition operator', allow('x:y', '*', { DateGreaterThan: { 'aws:CurrentTime': '2026' } }), 'the condition operator DateGreaterThan'],
  ['a policy variable', allow('x:y', ['arn:aws:s3:::', '{aws:PrincipalTag/x}'].join('$')), 'no policy variables'],
  ['a statement without an action', { Effect: 'Allow', Resource: '*' }, 'no action'],
])('%s that the box does not know is refused when it is read', (_, statement, words) => {
  expect(() => parsePolicy('role', { Statement: statement })).toThrow(words)
})
