/** Small things: what a token says, what is masked, which options are left, where a request comes from. */
import { isInNetwork } from '@gatehouse/core/network.ts'
import { browserOf } from '@gatehouse/core/user_agent.ts'
import type { Value } from '@gatehouse/ports/table.ts'
import { ScriptMistake } from '../arguments.ts'
import type { HostGroup } from '../host_function.ts'

/** WSO2's functions that have no meaning here, and why: `docs/adaptive.md`. */
export const NOT_HERE = [
  'callChoreo',
  'callAnalytics',
  'publishToAnalytics',
  'callElastic',
  'getAssociatedLocalUser',
  'doAssociationWithLocalUser',
  'removeAssociatedLocalUser',
  'updateUserPassword',
  'promptIdentifierForStep',
  'checkMicrosoftEmailVerification',
  'verifyUserWithTypingDNA',
] as const

const prelude = `
give('getValueFromDecodedAssertion', (jwt, name, inPayload) => ask('decodedValue', { jwt, name, inPayload: inPayload !== false }))
give('getMaskedValue', (value) => { const text = String(value); return text.length < 3 ? '*'.repeat(text.length) : text[0] + '*'.repeat(text.length - 2) + text[text.length - 1] })
give('filterAuthenticators', (options, exclude) => options.filter(({ authenticator }) => authenticator !== exclude))
give('isIpInNetworks', (ip, networks) => ask('ipInNetworks', { ip, networks }))
Object.defineProperty(request, 'location', { get: () => once('location', () => ask('requestLocation')) })
Object.defineProperty(request, 'userAgent', { get: () => once('user agent', () => ask('requestUserAgent')) })
for (const name of ${JSON.stringify(NOT_HERE)}) give(name, () => ask('notHere', { name }))
`

export const tools: HostGroup = {
  prelude,
  functions: {
    decodedValue: {
      kind: 'reads',
      perform: (_, args) => valueIn(args.text('jwt').split('.')[args.flag('inPayload') ? 1 : 0] ?? '', args.text('name')),
    },
    ipInNetworks: { kind: 'reads', perform: (_, args) => args.texts('networks').some((network) => isInNetwork(args.text('ip'), network)) },
    requestLocation: {
      kind: 'reads',
      perform: async ({ ctx }) => {
        const place = ctx.saidPlace ?? (await ctx.places.find(ctx.actor.ip))
        if (place === undefined) return null
        const { country, city = null, latitude = null, longitude = null } = place
        return { country, city, latitude, longitude }
      },
      words: (_, value) =>
        `the request came from ${typeof value === 'object' && value !== null && 'country' in value ? String(value.country) : 'a place that nobody knows'}`,
    },
    requestUserAgent: {
      kind: 'reads',
      perform: ({ request }) => {
        const raw = (request.header('user-agent') ?? '').slice(0, 300)
        const { browser = '', system = '' } = browserOf(raw)
        return { raw, rawString: raw, browser, platform: system, device: /Mobi|Android|iPhone|iPad/.test(raw) ? 'mobile' : 'desktop' }
      },
      words: (_, value) =>
        typeof value === 'object' && value !== null && 'platform' in value
          ? `the browser is ${String(value.browser) || 'unknown'} on ${String(value.platform) || 'an unknown system'}`
          : 'the browser is unknown',
    },
    notHere: {
      kind: 'reads',
      perform: (_, args) => {
        throw new ScriptMistake(`${args.text('name')} has no meaning here; docs/adaptive.md says what to do instead`)
      },
    },
  },
}

/** Decoded, not verified: as WSO2's, for what the script trusts already. */
function valueIn(part: string, name: string): Value {
  try {
    const record: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    if (typeof record !== 'object' || record === null || !Object.hasOwn(record, name)) return null
    const value = (record as Readonly<Record<string, unknown>>)[name]
    return typeof value === 'string' ? value : JSON.stringify(value)
  } catch {
    // No token: it says nothing.
    return null
  }
}
