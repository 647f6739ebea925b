/**
 * The same acts through the bundles as they are deployed, with Argon2id and the signed client of DynamoDB, against DynamoDB Local: the processor time of each
 * request. `GATEHOUSE_DYNAMODB_LOCAL` names the emulator's folder.
 */
import { adminApp } from '@gatehouse/http/admin/app.ts'
import { ensureDefaultTenant } from '@gatehouse/http/admin/ensure_default_tenant.ts'
import { openFront, ROUTES } from '@gatehouse/http/front.ts'
import { parseDoor } from '@gatehouse/lambda/environment.ts'
import { openBackgroundHouse } from '@gatehouse/lambda/house.ts'
import { openDoorPorts } from '@gatehouse/lambda/ports.ts'
import { parseConfiguration } from '@gatehouse/local/configuration/read_file.ts'
import { seed } from '@gatehouse/local/first_start.ts'
import { DOOR_SECRET, ORIGIN, openWorld } from '../../bench/cold/world.ts'
import { openJar } from '../../test/fixture/browser_jar.ts'

type FunctionUrlResult = {
  readonly statusCode: number
  readonly headers: Record<string, string>
  readonly cookies?: readonly string[]
  readonly body: string
}
type Handler = (event: unknown, context: unknown) => Promise<FunctionUrlResult>
type Request = { readonly function: string; readonly cpuMilliseconds: number }
export type BundleTimes = { readonly signIn: readonly Request[]; readonly refresh: readonly Request[] }

const ROUNDS = 30
const CALLBACK = 'https://desk.example/callback'
const PASSWORD = 'a long walk by the sea 7'
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
const CONFIGURATION = {
  tenants: [
    {
      id: 'main',
      users: [{ userName: 'jo', password: PASSWORD, emails: [{ value: 'jo@example.org', primary: true }] }],
      applications: [
        {
          client_id: 'desk',
          client_name: 'Desk',
          redirect_uris: [CALLBACK],
          token_endpoint_auth_method: 'none',
          grant_types: ['authorization_code', 'refresh_token'],
        },
      ],
    },
  ],
}

/** `bundles`: the folder that `npm run build:functions` makes. */
export async function measureBundles(bundles: URL, emulator: string): Promise<BundleTimes> {
  const world = await openWorld(emulator)
  try {
    await furnish(world.environment)
    Object.assign(process.env, world.environment)
    const requests: Request[] = []
    const door = await openDoor(bundles, requests)
    const first = openJar(door)
    const asked = await first.submit(await first.get(AUTHORIZE), { username: 'jo', password: PASSWORD })
    await redeem(door, await first.submit(asked, { decision: 'allow' }))
    const take = async (act: () => Promise<unknown>): Promise<Request[]> => {
      await act()
      requests.length = 0
      for (let round = 0; round < ROUNDS; round++) await act()
      return means(requests)
    }
    let refreshToken = ''
    const signIn = await take(async () => {
      refreshToken = await signInOnce(door)
    })
    const refresh = await take(async () => {
      refreshToken = (await token(door, { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: 'desk' })).refresh_token
    })
    return { signIn, refresh }
  } finally {
    await world.close()
  }
}

const AUTHORIZE = `/t/main/oauth2/authorize?${new URLSearchParams({
  response_type: 'code',
  client_id: 'desk',
  redirect_uri: CALLBACK,
  scope: 'openid email',
  state: 'the-state',
  code_challenge: CHALLENGE,
  code_challenge_method: 'S256',
})}`

type Door = { readonly origin: string; fetch(path: string, init?: RequestInit): Promise<Response> }
type Tokens = { readonly access_token: string; readonly refresh_token: string }

/** The requests of `measure.ts`, in the same order. */
async function signInOnce(door: Door): Promise<string> {
  const jar = openJar(door)
  const tokens = await redeem(door, await jar.submit(await jar.get(AUTHORIZE), { username: 'jo', password: PASSWORD }))
  await door.fetch('/t/main/oauth2/userinfo', { headers: { authorization: `Bearer ${tokens.access_token}` } })
  await door.fetch('/t/main/oauth2/jwks')
  return tokens.refresh_token
}

function redeem(door: Door, { url }: { readonly url: URL }): Promise<Tokens> {
  const code = url.searchParams.get('code')
  if (code === null) throw new Error(`no code: ${url}`)
  return token(door, { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, client_id: 'desk', code_verifier: VERIFIER })
}

async function token(door: Door, form: Record<string, string>): Promise<Tokens> {
  const response = await door.fetch('/t/main/oauth2/token', { method: 'POST', body: new URLSearchParams(form) })
  if (!response.ok) throw new Error(`the token endpoint answered ${response.status}: ${await response.text()}`)
  return response.json() as Promise<Tokens>
}

/** What CloudFront and the function URLs do, in this process: the path chooses the bundle. */
async function openDoor(bundles: URL, requests: Request[]): Promise<Door> {
  const handlers = new Map<string, Handler>()
  for (const name of ['authorize', 'token', 'consent'])
    handlers.set(name, (await import(new URL(`${name}/index.mjs`, bundles).href)).handler)
  return {
    origin: ORIGIN,
    async fetch(path, init = {}) {
      const url = new URL(path, ORIGIN)
      const name = ROUTES.find((route) => route.path.test(url.pathname.slice('/t/main'.length)))?.app ?? ''
      const handler = handlers.get(name)
      if (!handler) throw new Error(`no bundle answers ${path}`)
      const event = eventOf(url, init)
      const before = process.cpuUsage()
      const { statusCode, headers, cookies = [], body } = await handler(event, {})
      const { user, system } = process.cpuUsage(before)
      requests.push({ function: name, cpuMilliseconds: (user + system) / 1000 })
      const answered = new Headers(headers)
      for (const cookie of cookies) answered.append('set-cookie', cookie)
      return new Response(statusCode === 204 || body === '' ? null : body, { status: statusCode, headers: answered })
    },
  }
}

function eventOf(url: URL, init: RequestInit) {
  const { cookie, ...headers } = Object.fromEntries(new Headers(init.headers))
  const form = init.body === undefined || init.body === null ? undefined : String(init.body)
  return {
    version: '2.0',
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookie === undefined ? {} : { cookies: cookie.split('; ') }),
    headers: {
      ...headers,
      ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded', origin: ORIGIN }),
      'x-gatehouse-door': DOOR_SECRET,
      'x-gatehouse-tenant': 'main',
      'x-gatehouse-base-path': '/t/main',
      'x-gatehouse-origin': ORIGIN,
      'x-gatehouse-ip': '192.0.2.1',
    },
    requestContext: { http: { method: init.method ?? 'GET' } },
    ...(form === undefined ? {} : { body: form }),
    isBase64Encoded: false,
  }
}

async function furnish(environment: Readonly<Record<string, string>>): Promise<void> {
  const ports = { ...openDoorPorts(parseDoor(environment)), log: { write() {} } }
  const house = openBackgroundHouse(ports, { origin: ORIGIN, baseDomain: undefined })
  const ctx = await ensureDefaultTenant(house)
  const front = openFront(house, { admin: adminApp() }, () => new Response('', { status: 404 }))
  await seed(ctx, (request) => front(request, { ip: '127.0.0.1' }), parseConfiguration(JSON.stringify(CONFIGURATION), 'cost'))
}

function means(requests: readonly Request[]): Request[] {
  const kinds = requests.length / ROUNDS
  return Array.from({ length: kinds }, (_, kind) => {
    const same = requests.filter((_request, index) => index % kinds === kind)
    const mean = same.reduce((sum, { cpuMilliseconds }) => sum + cpuMilliseconds, 0) / same.length
    return { function: requests[kind]?.function ?? '', cpuMilliseconds: Math.round(mean * 100) / 100 }
  })
}
