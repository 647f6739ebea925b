/** Measures what one act of a person takes: the real apps, request by request, over the embedded store; relay's records and a mail's way included. */
import { ensureSigningKeys } from '@gatehouse/identity/rotate_signing_keys.ts'
import { openCarrier } from '@gatehouse/messaging/carrier.ts'
import { openStores } from '@gatehouse/store/stores.ts'
import { type Jar, openJar } from '../../test/fixture/browser_jar.ts'
import { CALLBACK, openSignInHouse, type SignInHouse, signIn } from '../../test/fixture/sign_in_house.ts'
import { type Meter, meteredTable, openMeter } from './metered_table.ts'
import type { ActCost, Measured, RequestCost } from './workload.ts'

const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const ROUNDS = 40
/** A stage adds its name and the function's to each line. */
const STAGE_FACTS = { stage: 'production', function: 'authorize' }

/** One person's house: what is metered at the moment, and the requests that went through its door. */
type Bench = { readonly house: SignInHouse; readonly requests: RequestCost[]; readonly meter: () => Meter; jar(): Jar }

export async function measure(): Promise<Measured> {
  let meter = openMeter()
  const house = await openSignInHouse((own) => meteredTable(own, () => meter))
  try {
    await ensureSigningKeys(await house.context())
    meter = openMeter()
    await house.addUser('another', 'another long walk 8')
    const userBytes = Math.round(meter.lastingBytes)
    const bench: Bench = { house, requests: [], meter: () => meter, jar: () => openJar(recorded(bench)) }
    const take = async (act: () => Promise<unknown>): Promise<ActCost> => {
      await act()
      meter = openMeter()
      bench.requests.length = 0
      for (let round = 0; round < ROUNDS; round++) await act()
      return costOf(bench, await auditUnits(house, meter))
    }

    const first = bench.jar()
    const asked = await signIn(first, await house.authorize(first))
    await redeem(bench, codeOf(await first.submit(asked, { decision: 'allow' })))
    const signedIn = await take(() => signInOnce(bench))
    const refresh = await take(refreshing(bench, await signInOnce(bench)))
    meter = openMeter()
    const relay = await relayCost(house, meter)
    meter = openMeter()
    const mail = await mailCost(house, () => meter)
    return { signIn: signedIn, refresh, userBytes, relay, mail }
  } finally {
    house.close()
  }
}

/** The six requests of a sign-in: authorize, the page, the password, the token, who it is, and the keys to check the tokens with. */
async function signInOnce(bench: Bench): Promise<string> {
  const jar = bench.jar()
  const tokens = await redeem(bench, codeOf(await signIn(jar, await bench.house.authorize(jar))))
  await recorded(bench).fetch('/t/main/oauth2/userinfo', { headers: { authorization: `Bearer ${tokens.access_token}` } })
  await recorded(bench).fetch('/t/main/oauth2/jwks')
  return tokens.refresh_token
}

function refreshing(bench: Bench, first: string): () => Promise<void> {
  let refreshToken = first
  return async () => {
    const fresh = await token(bench, { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: 'desk' })
    refreshToken = fresh.refresh_token
  }
}

type Tokens = { readonly access_token: string; readonly refresh_token: string }

function redeem(bench: Bench, code: string): Promise<Tokens> {
  return token(bench, { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, client_id: 'desk', code_verifier: VERIFIER })
}

async function token(bench: Bench, form: Record<string, string>): Promise<Tokens> {
  const response = await recorded(bench).fetch('/t/main/oauth2/token', { method: 'POST', body: new URLSearchParams(form) })
  if (!response.ok) throw new Error(`the token endpoint answered ${response.status}: ${await response.text()}`)
  return response.json() as Promise<Tokens>
}

function codeOf({ status, url }: { readonly status: number; readonly url: URL }): string {
  const code = url.searchParams.get('code')
  if (code === null) throw new Error(`no code: ${status} ${url}`)
  return code
}

/** The door, with a note of what each request took. */
function recorded({ house, requests, meter }: Bench): Pick<SignInHouse, 'origin' | 'fetch'> {
  return {
    origin: house.origin,
    async fetch(path, init) {
      const before = { calls: meter().calls, hashes: house.hashes(), lines: house.logs.length, cpu: process.cpuUsage() }
      const response = await house.fetch(path, init)
      const body = await response.clone().arrayBuffer()
      const { user, system } = process.cpuUsage(before.cpu)
      const lines = house.logs.slice(before.lines)
      requests.push({
        function: lines.some(({ fields }) => fields.app === 'token') ? 'token' : 'authorize',
        cpuMilliseconds: (user + system) / 1000,
        hashes: house.hashes() - before.hashes,
        tableCalls: meter().calls - before.calls,
        requestBytes: sizeOf(init?.headers) + String(init?.body ?? '').length + path.length,
        responseBytes: sizeOf(response.headers) + body.byteLength,
        logBytes: lines.reduce((sum, { level, message, fields }) => sum + lineBytes({ level, message, ...fields }), 0),
      })
      return response
    },
  }
}

function lineBytes(fields: object): number {
  return JSON.stringify({ time: new Date(0).toISOString(), ...STAGE_FACTS, ...fields }).length + 1
}

function sizeOf(headers: RequestInit['headers']): number {
  return [...new Headers(headers)].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0)
}

/** Each kind of request is the mean of all rounds; the act is all of its kinds. */
function costOf({ requests }: Bench, meter: Meter): ActCost {
  const kinds = requests.length / ROUNDS
  const mean = (kind: number, of: (request: RequestCost) => number): number => {
    const same = requests.filter((_, index) => index % kinds === kind)
    return round(same.reduce((sum, request) => sum + of(request), 0) / same.length)
  }
  return {
    requests: Array.from({ length: kinds }, (_, kind) => ({
      function: requests[kind]?.function ?? 'token',
      cpuMilliseconds: mean(kind, (request) => request.cpuMilliseconds),
      hashes: mean(kind, (request) => request.hashes),
      tableCalls: mean(kind, (request) => request.tableCalls),
      requestBytes: Math.round(mean(kind, (request) => request.requestBytes)),
      responseBytes: Math.round(mean(kind, (request) => request.responseBytes)),
      logBytes: Math.round(mean(kind, (request) => request.logBytes)),
    })),
    readUnits: round(meter.read / ROUNDS),
    writeUnits: round(meter.write / ROUNDS),
    events: round(meter.events.length / ROUNDS),
    passingBytes: Math.round(meter.passingBytes / ROUNDS),
    lastingBytes: Math.round(meter.lastingBytes / ROUNDS),
  }
}

/** What relay writes of the events, into the same meter. */
async function auditUnits(house: SignInHouse, meter: Meter): Promise<Meter> {
  const { audit } = house.stores()
  for (const event of meter.events.slice()) if (event.audited) await audit.append(event)
  return meter
}

async function relayCost(house: SignInHouse, meter: Meter): Promise<Measured['relay']> {
  const { audit, shelf } = house.stores()
  const before = process.cpuUsage()
  for (let round = 0; round < ROUNDS; round++) await audit.append(shelf.event('session.created', { actor: {} }))
  const { user, system } = process.cpuUsage(before)
  return { cpuMilliseconds: round((user + system) / 1000 / ROUNDS), tableCalls: meter.calls / ROUNDS }
}

/** From the queue to the wire: its mark, and whether the address takes mail. */
async function mailCost({ house }: SignInHouse, meter: () => Meter): Promise<Measured['mail']> {
  const { ports, cache } = house
  const sent: number[] = []
  const wire = { send: async (message: object) => void sent.push(JSON.stringify(message).length) }
  const options = { stores: openStores(ports), cache, log: ports.log, leaseMilliseconds: 60_000, textCountries: 'every' as const }
  const { mailer } = openCarrier(options, { mailer: wire, texter: wire })
  for (let round = 0; round < ROUNDS; round++) await mailer.send({ ...MAIL, id: `mail-${round}`, to: `person-${round}@example.org` })
  const { read, write } = meter()
  return { bytes: MAIL_BYTES, readUnits: round(read / sent.length), writeUnits: round(write / sent.length) }
}

/** As the templates make them, with both parts. */
const MAIL_BYTES = 8_000
const MAIL = {
  once: 'at_least',
  from: 'no-reply@example.org',
  subject: 'Your password was changed',
  html: '',
  text: '',
  locale: 'en',
  tenant: 'main',
  template: 'password_changed',
} as const

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
