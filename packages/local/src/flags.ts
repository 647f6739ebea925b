/** The flags of `npm start`, each also an environment variable, with the text of `--help`. */
import { parseArgs } from 'node:util'

export type StartFlags = {
  readonly port: number
  readonly host: string
  /** How browsers reach the house; the issuers stand on it. */
  readonly origin: string
  readonly data: string
  readonly seed: string | undefined
  readonly empty: boolean
  readonly httpsCert: string | undefined
  readonly httpsKey: string | undefined
  /** Where TLS asks for client certificates; undefined: nowhere. */
  readonly mtls: { readonly port: number; readonly cert: string; readonly key: string } | undefined
  readonly samplesPort: number | undefined
  readonly trustedProxies: number
  /** A database of places. */
  readonly places: string | undefined
  /** Ports of this machine that the house may ask: an old system, a hook, an application that one is building. */
  readonly loopbackPorts: readonly number[]
}

export class BadFlag extends Error {
  override readonly name = 'BadFlag'
}

export const HELP = `Gatehouse, the whole house in one process.

  npm start -- [flags]

  --port N            port to listen on                                   9443       GATEHOUSE_PORT
  --host NAME         address to listen on                                localhost  GATEHOUSE_HOST
  --origin URL        how browsers reach the house, behind a proxy or     from host  GATEHOUSE_ORIGIN
                      on https; issuers are {origin}/t/{tenant}           and port
  --data DIR          where everything is kept                            .gatehouse GATEHOUSE_DATA
  --seed FILE         configuration (JSON or YAML) to apply at start,                GATEHOUSE_SEED
                      in place of the demo
  --empty             no demo people, applications and workflows
  --https-cert FILE   serve https with this certificate chain (PEM)                  GATEHOUSE_HTTPS_CERT
  --https-key FILE    and its private key (PEM)                                      GATEHOUSE_HTTPS_KEY
  --mtls-port N       a second port, on https, where browsers are asked              GATEHOUSE_MTLS_PORT
                      for client certificates (docs/sign_in.md)
  --mtls-cert FILE    its certificate chain (PEM)                         as https   GATEHOUSE_MTLS_CERT
  --mtls-key FILE     and its private key (PEM)                           as https   GATEHOUSE_MTLS_KEY
  --samples-port N    port of the sample applications                     8080       GATEHOUSE_SAMPLES_PORT
  --no-samples        without the sample applications
  --trusted-proxies N how many proxies before the house add to            0          GATEHOUSE_TRUSTED_PROXIES
                      X-Forwarded-For
  --places FILE       database of places in MaxMind's format (.mmdb)      countries  GATEHOUSE_PLACES
  --loopback-ports N,N
                      ports of this machine that hooks and                           GATEHOUSE_LOOPBACK_PORTS
                      applications may be asked at; only of a
                      house that this machine alone reaches
  --help              this text

The demo people and /_dev/inbox exist only while the house listens on a loopback address and its origin is a loopback origin.
Other commands: npm run gatehouse -- --help, npm run quickstart.
`

/** Undefined: help was asked for. Throws `BadFlag` with one sentence that says what came and what was expected. */
export function parseStartFlags(words: readonly string[], environment: Environment): StartFlags | undefined {
  return flagsOf(parsed(words).values, environment)
}

/** Flags as of a start, and words between, before or after them, such as a scenario's number. Undefined: help was asked for. */
export function parseFlagsAndWords(
  words: readonly string[],
  environment: Environment,
): { readonly flags: StartFlags; readonly words: readonly string[] } | undefined {
  const { values, positionals } = parsed(words, true)
  const flags = flagsOf(values, environment)
  return flags && { flags, words: positionals }
}

type Environment = Readonly<Record<string, string | undefined>>

function flagsOf(values: ReturnType<typeof parsed>['values'], environment: Environment): StartFlags | undefined {
  if (values.help) return undefined
  const of = (flag: keyof typeof values & string): string | undefined => {
    const value = values[flag]
    return typeof value === 'string' ? value : environment[`GATEHOUSE_${flag.toUpperCase().replaceAll('-', '_')}`]
  }
  const port = whole('--port', of('port') ?? '9443', 0, 65535)
  const host = of('host') ?? 'localhost'
  const httpsCert = of('https-cert')
  const httpsKey = of('https-key')
  if ((httpsCert === undefined) !== (httpsKey === undefined)) throw new BadFlag('--https-cert and --https-key go together')
  const ownOrigin = `${httpsCert === undefined ? 'http' : 'https'}://${printable(host)}:${port}`
  if (!URL.canParse(ownOrigin)) throw new BadFlag(`--host is a name or an address of this machine, not "${host}"`)
  const origin = checkedOrigin(of('origin') ?? ownOrigin)
  const loopbackPorts = portsOf(of('loopback-ports') ?? '')
  // Whoever reaches the house from elsewhere would reach this machine's own ports through it.
  if (loopbackPorts.length > 0 && !(isLoopback(host) && isLoopback(new URL(origin).hostname)))
    throw new BadFlag('--loopback-ports is for a house that only this machine reaches: on a loopback address, with a loopback origin')
  if (loopbackPorts.includes(port)) throw new BadFlag(`--loopback-ports does not name the house's own port, ${port}`)
  return {
    port,
    host,
    origin,
    data: of('data') ?? '.gatehouse',
    seed: of('seed'),
    empty: values.empty === true,
    httpsCert,
    httpsKey,
    mtls: mtlsOf(of, port, { cert: httpsCert, key: httpsKey }),
    samplesPort: values['no-samples'] ? undefined : whole('--samples-port', of('samples-port') ?? '8080', 0, 65535),
    trustedProxies: whole('--trusted-proxies', of('trusted-proxies') ?? '0', 0, 10),
    places: of('places'),
    loopbackPorts,
  }
}

type Given = (flag: 'mtls-port' | 'mtls-cert' | 'mtls-key') => string | undefined

function mtlsOf(
  of: Given,
  mainPort: number,
  https: { readonly cert: string | undefined; readonly key: string | undefined },
): StartFlags['mtls'] {
  const [asked, ownCert, ownKey] = [of('mtls-port'), of('mtls-cert'), of('mtls-key')]
  if ((ownCert === undefined) !== (ownKey === undefined)) throw new BadFlag('--mtls-cert and --mtls-key go together')
  if (asked === undefined) {
    if (ownCert !== undefined) throw new BadFlag('--mtls-cert and --mtls-key are for --mtls-port N')
    return undefined
  }
  const port = whole('--mtls-port', asked, 0, 65535)
  if (port !== 0 && port === mainPort)
    throw new BadFlag('--mtls-port is another port than --port: TLS asks everybody who comes there for a certificate')
  const [cert, key] = [ownCert ?? https.cert, ownKey ?? https.key]
  if (cert === undefined || key === undefined)
    throw new BadFlag('--mtls-port is on https: it needs --mtls-cert and --mtls-key, or --https-cert and --https-key')
  return { port, cert, key }
}

function parsed(words: readonly string[], allowPositionals = false) {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  try {
    return parseArgs({
      args: [...words],
      allowPositionals,
      options: {
        port: text,
        host: text,
        origin: text,
        data: text,
        seed: text,
        empty: flag,
        'https-cert': text,
        'https-key': text,
        'mtls-port': text,
        'mtls-cert': text,
        'mtls-key': text,
        'samples-port': text,
        'no-samples': flag,
        'trusted-proxies': text,
        places: text,
        'loopback-ports': text,
        help: { ...flag, short: 'h' },
      },
    })
  } catch (error) {
    throw new BadFlag(`${error instanceof Error ? error.message : String(error)}; npm start -- --help lists the flags`)
  }
}

function whole(flag: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new BadFlag(`${flag} is a whole number from ${least} to ${most}, not "${text}"`)
  return value
}

function portsOf(text: string): number[] {
  return text === '' ? [] : text.split(',').map((port) => whole('--loopback-ports', port.trim(), 1, 65535))
}

function checkedOrigin(text: string): string {
  if (!URL.canParse(text)) throw new BadFlag(`--origin is an address such as https://id.example.org, not "${text}"`)
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new BadFlag(`--origin begins with http:// or https://, not "${url.protocol}"`)
  if (url.pathname !== '/' || url.search || url.hash || url.username)
    throw new BadFlag(`--origin is scheme, host and port only, not "${text}"`)
  return url.origin
}

/** `0.0.0.0` and `::` are addresses to listen on, not to open. */
function printable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

/** Is this a host that only this machine reaches? */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host)
}
