import { expect, test } from 'vitest'
import { parseLogLine, renderLogLine } from './log_line.ts'

test('a request is its address; another line its message; what is left follows as name=value', () => {
  const request = {
    time: 't',
    level: 'info',
    message: 'request',
    app: 'token',
    tenant: 'main',
    method: 'POST',
    path: '/oauth2/token',
    status: 200,
  }

  expect(renderLogLine({ ...request, write: 2 }, undefined)).toBe('t info  token     main     POST /oauth2/token 200 write=2')
  expect(renderLogLine({ timestamp: 't', level: 'ERROR', message: 'failed', error: { name: 'Error' } }, 'relay')).toBe(
    't error relay     -        failed error={"name":"Error"}',
  )
})

test('what a visitor sent cannot begin a line or move the cursor of the terminal', () => {
  const line = renderLogLine({ message: 'request', method: 'GET', path: '/\n2026 info all is well\u001b[2J', status: 404 }, 'token')

  expect(line).toContain('GET /\\u000a2026 info all is well\\u001b[2J 404')
})

test('text that is no line of the house is none', () => {
  expect(parseLogLine('plain')).toBeUndefined()
  expect(parseLogLine('{half')).toBeUndefined()
})
