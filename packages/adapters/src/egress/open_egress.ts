/**
 * Requests to addresses that somebody gave us. The name is resolved once, every address that it has is judged, and the connection goes to
 * what was judged: a name that resolves differently a moment later (DNS rebinding) changes nothing. A redirect is an answer, not an order.
 */
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { IamError } from '@gatehouse/core/error.ts'
import type { Egress, EgressRequest } from '@gatehouse/ports/egress.ts'
import { isLoopbackAddress, isPublicAddress } from './address.ts'
import { exchange } from './exchange.ts'

export type EgressOptions = {
  /** Ports at which loopback addresses may be reached: the local roof's own applications. */
  readonly allowedLoopbackPorts?: readonly number[]
  /** All addresses of a name. Default: the system's resolver. */
  readonly resolve?: (name: string) => Promise<readonly string[]>
}

const TIMEOUT_MILLISECONDS = 5000
const MAXIMUM_BYTES = 65_536

export function openEgress({ allowedLoopbackPorts = [], resolve = systemResolve }: EgressOptions = {}): Egress {
  async function judged(url: URL): Promise<readonly string[]> {
    const name = url.hostname.replace(/^\[|\]$/g, '')
    const addresses = isIP(name) > 0 ? [name] : await resolve(name)
    const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
    const mayLoop = allowedLoopbackPorts.includes(port)
    // One bad address among good ones is an attack, not bad luck.
    const bad = addresses.find((address) => !isPublicAddress(address) && !(mayLoop && isLoopbackAddress(address)))
    if (bad !== undefined) throw refused(`${name} resolves to ${bad}`)
    if (addresses.length === 0) throw new IamError('unavailable', 'The address did not answer.', { detail: `${name} has no address` })
    return addresses
  }

  return {
    async send(request) {
      const url = parseUrl(request)
      const signal = AbortSignal.timeout(request.timeoutMilliseconds ?? TIMEOUT_MILLISECONDS)
      try {
        const addresses = await abortable(judged(url), signal)
        return await exchange({ request, url, addresses, maximumBytes: request.maximumBytes ?? MAXIMUM_BYTES, signal })
      } catch (cause) {
        if (cause instanceof IamError) throw cause
        throw new IamError('unavailable', 'The address did not answer.', { detail: `${url.host}: ${String(cause)}`, cause })
      }
    },
  }
}

/** WHATWG's parser turns `2130706433`, `0x7f.1` and `127.1` into the addresses that they mean before anything is judged. */
function parseUrl({ url: text }: EgressRequest): URL {
  const url = URL.parse(text)
  if (url === null) throw refused('no absolute URL')
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refused(`scheme ${url.protocol}`)
  if (url.username !== '' || url.password !== '') throw refused('the URL carries credentials')
  return url
}

/** One sentence for all reasons: which inner addresses exist is nobody's business. */
function refused(detail: string): IamError {
  return new IamError('access_denied', 'The address may not be reached.', { detail })
}

function abortable<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    work.then(resolve, reject)
  })
}

async function systemResolve(name: string): Promise<readonly string[]> {
  const found = await lookup(name, { all: true })
  return found.map(({ address }) => address)
}
