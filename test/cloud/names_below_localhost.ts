/**
 * Names below `localhost` lead to this machine (RFC 6761 section 6.3). Browsers know it, the resolvers of many machines do not: in this process they are told.
 * Both ways in which Node looks names up: `lookup` of sockets, which `fetch` takes, and that of promises, which Playwright's proxy for certificates takes.
 */
import dns, { type LookupAddress, type LookupOptions } from 'node:dns'
import promises from 'node:dns/promises'
import { syncBuiltinESMExports } from 'node:module'

const LOOPBACK: readonly LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
]
const BELOW = /\.localhost$/i

type Look = (name: string, options: LookupOptions) => Promise<LookupAddress | LookupAddress[]>
type Heard = (error: NodeJS.ErrnoException | null, found?: string | LookupAddress[], family?: number) => void

let told = false

export function leadNamesBelowLocalhostHere(): void {
  if (told) return
  told = true
  const otherwise = { lookup: dns.lookup, promise: promises.lookup as Look }
  const lookup = (name: string, given: LookupOptions | number | Heard, heard?: Heard) => {
    if (!BELOW.test(name)) return Reflect.apply(otherwise.lookup, dns, heard ? [name, given, heard] : [name, given])
    const tell = heard ?? (given as Heard)
    const found = loopback(typeof given === 'function' ? {} : typeof given === 'number' ? { family: given } : given)
    process.nextTick(() => (Array.isArray(found) ? tell(null, found) : tell(null, found.address, found.family)))
  }
  const look: Look = async (name, options = {}) => (BELOW.test(name) ? loopback(options) : otherwise.promise(name, options))
  Object.assign(dns, { lookup })
  Object.assign(promises, { lookup: look })
  syncBuiltinESMExports()
}

function loopback({ all, family }: LookupOptions): LookupAddress | LookupAddress[] {
  const wanted = LOOPBACK.filter((one) => family === undefined || family === 0 || `IPv${one.family}` === family || one.family === family)
  const [first = { address: '127.0.0.1', family: 4 }] = wanted
  return all ? wanted : first
}
