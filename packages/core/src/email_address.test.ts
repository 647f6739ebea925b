import { expect, test } from 'vitest'
import { asciiDomainOf } from './email_address.ts'

test.each([
  ['jo@bücher.example', 'jo@xn--bcher-kva.example'],
  ['jo@BÜCHER.example', 'jo@xn--bcher-kva.example'],
  ['jö@bücher.example', 'jö@xn--bcher-kva.example'],
  ['jo@exa\u200bmple.org', 'jo@example.org'],
  ['Jo@Example.org', 'Jo@Example.org'],
  ['jo@xn--bcher-kva.example', 'jo@xn--bcher-kva.example'],
  ['jo@127.1', 'jo@127.1'],
  ['jo@ü/ü', 'jo@ü/ü'],
  ['bücher', 'bücher'],
])('%s: %s', (address, expected) => {
  expect(asciiDomainOf(address)).toBe(expected)
})
