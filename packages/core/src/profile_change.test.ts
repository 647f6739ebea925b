import { expect, test } from 'vitest'
import { checkProfileChange, withProfileChange } from './profile_change.ts'
import type { User } from './user.ts'

const jo: User = {
  id: 'usr_jojojojo',
  userName: 'jo',
  active: true,
  name: { givenName: 'Jo', familyName: 'Miller', formatted: 'Dr. Jo Miller' },
  displayName: 'Dr. Jo Miller',
  emails: [
    { value: 'jo@example.org', primary: true, verified: true },
    { value: 'jo@home.example', verified: true, type: 'home' },
  ],
  phoneNumbers: [{ value: '+15550100199', primary: true, verified: true }],
  roles: ['rol_manager1'],
  groups: [],
  locale: 'de',
  securityEpoch: 3,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  version: 7,
}

test('a change touches what it names and nothing else', () => {
  expect(withProfileChange(jo, { timezone: 'Europe/Berlin' })).toEqual({ ...jo, timezone: 'Europe/Berlin' })
  expect(withProfileChange(jo, {})).toEqual(jo)
})

test('a changed name takes the written-out forms with it that were made of the old one', () => {
  const after = withProfileChange(jo, { family_name: 'Smith' })

  expect(after.name).toEqual({ givenName: 'Jo', familyName: 'Smith' })
  expect(after).not.toHaveProperty('displayName')
  expect(withProfileChange({ ...jo, displayName: 'The Boss' }, { family_name: 'Smith' }).displayName).toBe('The Boss')
})

test('an emptied language or time zone is none', () => {
  expect(withProfileChange(jo, { locale: '' })).not.toHaveProperty('locale')
})

test.each([
  [{ email: '' }, { email: 'required' }],
  [{ email: 'jo at example' }, { email: 'email_invalid' }],
  [{ email: 'jo@localhost' }, { email: 'email_invalid' }],
  [{ email: `${'j'.repeat(250)}@example.org` }, { email: 'too_long' }],
  [{ phone_number: '0151 1234' }, { phone_number: 'phone_number_invalid' }],
  [{ given_name: 'x'.repeat(257) }, { given_name: 'too_long' }],
  [{ family_name: 'a\u0000b' }, { family_name: 'invalid' }],
  [{ locale: 'xx' }, { locale: 'invalid' }],
  [{ locale: 'ar' }, { locale: 'invalid' }],
  [{ timezone: 'Mars/Olympus' }, { timezone: 'invalid' }],
  [{ given_name: 'علي', family_name: '', email: 'ü@münchen.example', phone_number: '', locale: 'de', timezone: 'Asia/Kathmandu' }, {}],
])('of %o is told %o', (change, fields) => {
  expect(checkProfileChange(change, ['en', 'de'])).toEqual(fields)
})
