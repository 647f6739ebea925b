/**
 * The internet, as far as a function of the box may see it: a table of names, each with a public address that belongs to nobody, behind which something on this
 * machine listens. The function resolves, judges and connects with its own code; only the last hop is bent.
 */
import dns from 'node:dns/promises'
import { syncBuiltinESMExports } from 'node:module'
import { Socket } from 'node:net'

/** `houses`: name -> { address, port }. Any other name does not exist. `nameServer`: `address:port`, asked in place of the system's. */
export function openStreet(houses, nameServer) {
  const loopback = new Set(['localhost', '127.0.0.1', '::1'])
  dns.lookup = async (name, options) => {
    const house = houses[name]
    if (!house) throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' })
    const found = { address: house.address, family: 6 }
    return options?.all ? [found] : found
  }
  dns.Resolver = class extends dns.Resolver {
    constructor(options) {
      super(options)
      this.setServers([nameServer])
    }
  }
  syncBuiltinESMExports()

  const connect = Socket.prototype.connect
  Socket.prototype.connect = function (...given) {
    const [options] = Array.isArray(given[0]) ? given[0] : given
    if (options === null || typeof options !== 'object' || loopback.has(options.host ?? '127.0.0.1')) return connect.apply(this, given)
    let addresses = [options.host]
    options.lookup?.(options.host, { all: true }, (_error, found = []) => {
      addresses = found.map(({ address }) => address)
    })
    const house = Object.values(houses).find(({ address }) => addresses.includes(address))
    if (!house) throw Object.assign(new Error(`connect ENETUNREACH ${addresses.join()}`), { code: 'ENETUNREACH' })
    Object.assign(options, { host: '127.0.0.1', port: house.port, lookup: undefined })
    return connect.apply(this, given)
  }
}
