/** Cookies of a script: under a name of their own, for this host and no other, signed or sealed where the script asks for it. */
import type { Value } from '@gatehouse/ports/table.ts'
import { ScriptMistake } from '../arguments.ts'
import type { HostGroup, ScriptCookie } from '../host_function.ts'

const prelude = `
give('setCookie', (response, name, value, properties) => { ask('setCookie', { name, value: String(value), properties: isMap(properties) ? properties : {} }) })
give('getCookieValue', (given, name, properties) => ask('getCookieValue', { name, properties: isMap(properties) ? properties : {} }))
`

const NAME = /^[\w-]{1,40}$/
const LONGEST_VALUE = 1_000
const MOST_SECONDS = 400 * 86_400

export const cookies: HostGroup = {
  prelude,
  functions: {
    setCookie: {
      kind: 'reads',
      perform: async ({ powers }, args) => {
        const name = args.text('name')
        const value = args.text('value')
        const properties = args.inner('properties')
        if (!NAME.test(name)) throw new ScriptMistake('setCookie: a name has letters, digits, _ and -, at most 40')
        if (value.length > LONGEST_VALUE) throw new ScriptMistake(`setCookie: a value has at most ${LONGEST_VALUE} characters`)
        // Sealed is signed, too: what was changed does not open.
        const protects = properties.flag('sign') || properties.flag('encrypt')
        const maxAge = properties.has('max-age') ? Math.min(Math.max(0, Math.round(properties.number('max-age'))), MOST_SECONDS) : undefined
        const cookie: ScriptCookie = {
          name,
          value: protects ? await powers.seal(`script_cookie/${name}`, value) : Buffer.from(value).toString('base64url'),
          ...(maxAge === undefined ? {} : { maxAge }),
          ...(properties.maybeText('sameSite')?.toLowerCase() === 'strict' ? { sameSite: 'Strict' as const } : {}),
        }
        return cookie as unknown as Value
      },
      words: (args) => `the cookie "${args.text('name').slice(0, 40)}" was set`,
    },
    getCookieValue: {
      kind: 'reads',
      perform: async ({ powers, request }, args) => {
        const name = args.text('name')
        const properties = args.inner('properties')
        const sent = request.cookie(name)
        if (sent === undefined || sent === '') return null
        const isProtected = properties.flag('decrypt') || properties.flag('validateSignature')
        if (isProtected) return (await powers.unseal(`script_cookie/${name}`, sent)) ?? null
        return Buffer.from(sent, 'base64url').toString()
      },
    },
  },
}
