import { expect, test } from 'vitest'
import { parseScript } from './script_commands.ts'

test('JavaScript is taken as it stands, and the steps are those of the house', () => {
  expect(parseScript('mine.js', 'executeStep(1)')).toEqual({ text: 'executeStep(1)', steps: [] })
})

test('of a template of WSO2’s come its lines, and the factors of its steps by our names; a comma too many is no mistake', () => {
  const template = `{
    "name": "Some-Template",
    "defaultAuthenticators": {
      "1": { "local": ["BasicAuthenticator"], "federated": [] },
      "2": { "local": ["totp", "FIDOAuthenticator", "AnotherOne",], "federated": [], },
      "3": { "local": ["SessionExecutor"] },
    },
    "code": ["var onLoginRequest = function (context) {", "    executeStep(1);", "};"],
  }`

  expect(parseScript('template.json', template)).toEqual({
    text: 'var onLoginRequest = function (context) {\n    executeStep(1);\n};',
    steps: [{ anyOf: ['password'] }, { anyOf: ['totp', 'passkey'] }],
  })
})

test('JSON that is no template is told', () => {
  expect(() => parseScript('package.json', '{ "name": "x" }')).toThrow('package.json is no template')
})
