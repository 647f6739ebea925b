import { expect, test } from 'vitest'
import { readSettings } from './settings.ts'

test('certificates are asked for below the base domain, unless a deployer wants none', () => {
  const domain = { GATEHOUSE_BASE_DOMAIN: 'ID.example.com' }

  expect(readSettings(domain).certificateHost).toBe('mtls.id.example.com')
  expect(readSettings({ ...domain, GATEHOUSE_CLIENT_CERTIFICATES: 'off' }).certificateHost).toBeUndefined()
  expect(readSettings({ GATEHOUSE_CLIENT_CERTIFICATES: 'on' }).certificateHost).toBeUndefined()
  expect(() => readSettings({ ...domain, GATEHOUSE_CLIENT_CERTIFICATES: 'no' })).toThrow(
    'GATEHOUSE_CLIENT_CERTIFICATES is "no"; it is on or off',
  )
})
