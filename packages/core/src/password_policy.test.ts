import { expect, test } from 'vitest'
import { findPasswordProblem } from './password_policy.ts'
import { DEFAULT_POLICIES } from './tenant.ts'

const POLICY = DEFAULT_POLICIES.password
const OWNER = { userName: 'jo.fischer', emails: ['joanna@example.org'] }

test.each([
  ['', 'required'],
  ['short7!', 'password_too_short'],
  ['x'.repeat(129), 'password_too_long'],
  ['password1', 'password_common'],
  ['PASSWORD1', 'password_common'],
  ['qwertyuiop', 'password_common'],
  ['my jo.fischer secret', 'password_contains_username'],
  ['my JO.FISCHER secret', 'password_contains_username'],
  ['joanna likes long walks', 'password_contains_username'],
])('%j: %s', async (password, problem) => {
  expect(await findPasswordProblem(password, POLICY, OWNER)).toBe(problem)
})

test.each(['a long walk by the sea', '漢字漢字漢字漢字', 'correct horse battery'])('%j is fair', async (password) => {
  expect(await findPasswordProblem(password, POLICY, OWNER)).toBeUndefined()
})

test('a name of two letters may stand in a password, since it stands in every other', async () => {
  expect(await findPasswordProblem('a major storm', POLICY, { userName: 'jo', emails: [] })).toBeUndefined()
})

test('a tenant may leave rules out', async () => {
  const lax = { ...POLICY, minimumLength: 4, refuseCommon: false, refuseUserName: false }

  expect(await findPasswordProblem('jo.fischer', lax, OWNER)).toBeUndefined()
  expect(await findPasswordProblem('1234', lax, OWNER)).toBeUndefined()
})
