/** The port Names over the system's resolvers: a few seconds, and no more than that. */
import { NODATA, NOTFOUND, Resolver } from 'node:dns/promises'
import { IamError } from '@gatehouse/core/error.ts'
import type { Names } from '@gatehouse/ports/names.ts'

export type NamesOptions = {
  /** Default 3,000, tried twice. */
  readonly timeoutMilliseconds?: number
  /** `address:port`, in place of the system's. */
  readonly servers?: readonly string[]
}

const TRIES = 2

export function openNames({ timeoutMilliseconds = 3_000, servers }: NamesOptions = {}): Names {
  const resolver = new Resolver({ timeout: timeoutMilliseconds, tries: TRIES })
  if (servers) resolver.setServers(servers)
  return {
    txt: async (name) => (await found(name, () => resolver.resolveTxt(name))).map((parts) => parts.join('')),
    cname: async (name) => (await found(name, () => resolver.resolveCname(name))).map((target) => target.toLowerCase().replace(/\.$/, '')),
  }
}

async function found<T>(name: string, look: () => Promise<T[]>): Promise<T[]> {
  try {
    return await look()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === NOTFOUND || code === NODATA) return []
    throw new IamError('unavailable', `the name servers of ${name} do not answer at the moment; try again`, { cause: error })
  }
}
