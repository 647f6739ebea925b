import { expect, test } from 'vitest'
import { isLoopback, parseFlagsAndWords, parseStartFlags } from './flags.ts'

test('without a flag the house is at http://localhost:9443 with its data in .gatehouse', () => {
  expect(parseStartFlags([], {})).toMatchObject({
    port: 9443,
    host: 'localhost',
    origin: 'http://localhost:9443',
    data: '.gatehouse',
    samplesPort: 8080,
  })
})

test('a flag comes before its environment variable', () => {
  expect(parseStartFlags(['--port', '1'], { GATEHOUSE_PORT: '2', GATEHOUSE_DATA: '/d' })).toMatchObject({ port: 1, data: '/d' })
})

test('the origin follows host, port and certificate, unless it is given', () => {
  expect(parseStartFlags(['--host', '::1', '--port', '1'], {})?.origin).toBe('http://[::1]:1')
  expect(parseStartFlags(['--host', '0.0.0.0', '--https-cert', 'c', '--https-key', 'k'], {})?.origin).toBe('https://localhost:9443')
  expect(parseStartFlags(['--origin', 'https://id.example.org/'], {})?.origin).toBe('https://id.example.org')
})

test.each([
  [['--port', 'x'], '--port is a whole number from 0 to 65535, not "x"'],
  [['--origin', 'id.example.org'], '--origin is an address'],
  [['--origin', 'https://id.example.org/path'], '--origin is scheme, host and port only'],
  [['--https-cert', 'c'], '--https-cert and --https-key go together'],
  [['--mtls-port', '9444'], '--mtls-port is on https: it needs --mtls-cert and --mtls-key, or --https-cert and --https-key'],
  [['--mtls-port', '9444', '--mtls-cert', 'c'], '--mtls-cert and --mtls-key go together'],
  [['--mtls-cert', 'c', '--mtls-key', 'k'], '--mtls-cert and --mtls-key are for --mtls-port N'],
  [['--mtls-port', '9443', '--mtls-cert', 'c', '--mtls-key', 'k'], '--mtls-port is another port than --port'],
  [['--loopback-ports', '3000,x'], '--loopback-ports is a whole number from 1 to 65535, not "x"'],
  [['--host', '300.1.1.1'], '--host is a name or an address of this machine, not "300.1.1.1"'],
  [['--loopback-ports', '3000', '--host', '0.0.0.0'], '--loopback-ports is for a house that only this machine reaches'],
  [['--loopback-ports', '3000', '--origin', 'https://id.example.org'], '--loopback-ports is for a house that only this machine reaches'],
  [['--loopback-ports', '9443'], "--loopback-ports does not name the house's own port"],
  [['--prot', '1'], '--help lists the flags'],
])('%j is refused in a sentence', (words, sentence) => {
  expect(() => parseStartFlags(words, {})).toThrow(sentence)
})

test.each([[['6', '--port', '1', '--no-samples']], [['--port', '1', '6', '--no-samples']], [['--no-samples', '--port=1', '6']]])(
  'a word may stand wherever between flags: %j',
  (words) => {
    expect(parseFlagsAndWords(words, {})).toMatchObject({ words: ['6'], flags: { port: 1, samplesPort: undefined } })
    expect(() => parseStartFlags(words, {})).toThrow('--help lists the flags')
  },
)

test('client certificates are shown with a certificate of the house’s own, or with that of https', () => {
  expect(parseStartFlags([], {})?.mtls).toBeUndefined()
  expect(parseStartFlags(['--mtls-port', '9444', '--https-cert', 'c', '--https-key', 'k'], {})?.mtls).toEqual({
    port: 9444,
    cert: 'c',
    key: 'k',
  })
  const own = { GATEHOUSE_MTLS_PORT: '1', GATEHOUSE_MTLS_CERT: 'm', GATEHOUSE_MTLS_KEY: 'n' }
  expect(parseStartFlags(['--https-cert', 'c', '--https-key', 'k'], own)?.mtls).toEqual({ port: 1, cert: 'm', key: 'n' })
})

test('ports of this machine are named one by one; without them there are none', () => {
  expect(parseStartFlags([], {})?.loopbackPorts).toEqual([])
  expect(parseStartFlags([], { GATEHOUSE_LOOPBACK_PORTS: '3000, 8081' })?.loopbackPorts).toEqual([3000, 8081])
})

test('--help is no start', () => {
  expect(parseStartFlags(['--help'], {})).toBeUndefined()
})

test.each(['localhost', '127.0.0.1', '127.1.2.3', '::1', '[::1]'])('%s is reached from this machine alone', (host) => {
  expect(isLoopback(host)).toBe(true)
})

test.each(['0.0.0.0', '::', '10.0.0.1', 'localhost.example.org', '127.0.0.1.example.org', 'id.example.org'])('%s is not', (host) => {
  expect(isLoopback(host)).toBe(false)
})
