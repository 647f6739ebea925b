import { expect, test } from 'vitest'
import { BadConfiguration, parseConfiguration, readConfigurationFile } from './read_file.ts'

function findings(text: string): readonly string[] {
  try {
    parseConfiguration(text, 'house.yaml')
    return []
  } catch (error) {
    if (error instanceof BadConfiguration) return error.findings
    throw error
  }
}

test('YAML and JSON say the same', () => {
  const yaml = parseConfiguration('tenants:\n  - id: main\n    roles: [{ name: clerk }]\n', 'house.yaml')
  const json = parseConfiguration('{"tenants":[{"id":"main","roles":[{"name":"clerk"}]}]}', 'house.json')

  expect(yaml).toEqual(json)
})

test('what the file says itself is kept beside its completed form', () => {
  const { tenants } = parseConfiguration('tenants: [{ id: main, users: [{ userName: jo }] }]', 'house.yaml')

  expect(tenants[0]?.raw.users).toEqual([{ userName: 'jo' }])
  expect(tenants[0]?.full.users?.[0]).toMatchObject({ userName: 'jo', active: true, roles: [] })
})

test.each([
  ['at the top', 'tenant: []\ntenants: []', 'tenant: unknown key'],
  ['in a tenant', 'tenants: [{ id: main, colour: red }]', 'tenants.0.colour: unknown key'],
  ['in a person', 'tenants: [{ id: main, users: [{ userName: jo, firstName: Jo }] }]', 'tenants.0.users.0.firstName: unknown key'],
  ['of a tenant that only an act changes', 'tenants: [{ id: main, active: false }]', 'tenants.0.active: unknown key'],
])('an unknown key %s is refused with its path', (_where, text, finding) => {
  expect(findings(text)).toContain(finding)
})

test('every wrong place is told at once', () => {
  const found = findings('tenants: [{ id: "A B", users: [{ userName: jo, emails: [{ value: nowhere }] }], roles: [{}] }]')

  expect(found.map((finding) => finding.split(':')[0])).toEqual([
    'tenants.0.id',
    'tenants.0.users.0.emails.0.value',
    'tenants.0.roles.0.name',
  ])
})

test('what is missing is said to be missing, and an empty file to be empty', () => {
  expect(findings('tenants: [{ id: main, users: [{ active: true }] }]')).toEqual(['tenants.0.users.0.userName: is missing'])
  expect(findings('{}')).toEqual(['tenants: is missing'])
  expect(findings('# nothing yet\n')).toEqual(['the file is empty; it begins with "tenants:"'])
})

test('a file that is not there is said so', async () => {
  await expect(readConfigurationFile('/nowhere/house.yaml')).rejects.toThrow('there is no such file')
})

test('a thing that stands twice is refused, since the second would undo the first', () => {
  expect(findings('tenants: [{ id: main, roles: [{ name: a }, { name: a }] }]')).toEqual(['tenants.0.roles.1.name: a stands twice'])
  expect(findings('tenants: [{ id: main, users: [{ userName: Jo }, { userName: jo }] }]')).toEqual([
    'tenants.0.users.1.userName: jo stands twice',
  ])
})

test.each([
  ['a person lists a group that does not list them', 'groups: [{ displayName: g, members: [] }], users: [{ userName: jo, groups: [g] }]'],
  ['a group lists a person who does not list it', 'groups: [{ displayName: g, members: [jo] }], users: [{ userName: jo, groups: [] }]'],
])('a contradiction is refused: %s', (_what, text) => {
  expect(findings(`tenants: [{ id: main, ${text} }]`)).toHaveLength(1)
})

test('a group may list a person who says nothing of groups', () => {
  expect(findings('tenants: [{ id: main, groups: [{ displayName: g, members: [jo] }], users: [{ userName: jo }] }]')).toEqual([])
})

test.each([
  ['not YAML', 'tenants: [', /./],
  ['empty', '', /./],
  ['a list', '- main', /./],
  ['a key twice', 'tenants: []\ntenants: []', /unique/],
])('a file that is %s is told so', (_what, text, words) => {
  expect(findings(text).join()).toMatch(words)
})

test('a file that grows without end through its aliases is refused', () => {
  const bomb = ['a: &a [x]', ...'bcdefghi'.split('').map((name, at) => `${name}: &${name} [${`*${'abcdefgh'[at]},`.repeat(9)}]`)].join('\n')

  expect(() => parseConfiguration(bomb, 'bomb.yaml')).toThrow(BadConfiguration)
})

test('a hash of a password that costs too much, or is none, is refused with its path', () => {
  const users = [
    { userName: 'jo', passwordHash: '$2b$31$c92SVSfjeiCD6F2nAD6y0uBpJDjdRkt0EgeC4/31Rf2LUZbDRDE.O' },
    { userName: 'al', passwordHash: { algorithm: 'sha256', hash: 'AAAA' } },
    { userName: 'bo', passwordHash: { algorithm: 'rot13', hash: 'AAAA' } },
  ]

  const found = findings(JSON.stringify({ tenants: [{ id: 'main', users }] }))

  expect(found.map((finding) => finding.split(':')[0])).toEqual([0, 1, 2].map((at) => `tenants.0.users.${at}.passwordHash`))
  expect(found[0]).toMatch(/bcrypt costs 4 to 14/)
})
