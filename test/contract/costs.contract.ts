/** What operations cost in capacity units (design, section 10), relay's audit records included: the same suite on every store. */

import type { HouseEvent } from '@gatehouse/core/event.ts'
import { parsePlace } from '@gatehouse/core/place.ts'
import { CLAIMS_OF_SCOPE } from '@gatehouse/core/scope.ts'
import { ensureSigningKeys } from '@gatehouse/identity/rotate_signing_keys.ts'
import type { Item, Table } from '@gatehouse/ports/table.ts'
import { expect, test } from 'vitest'
import { type Jar, openJar, type Visit } from '../fixture/browser_jar.ts'
import { authorizePath, CALLBACK, openSignInHouse, type SignInHouse, signIn } from '../fixture/sign_in_house.ts'

const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const SECRET = 'a-secret-of-the-batch-application'

type Spent = { read: number; write: number }

const LONG_USER_AGENT = `Mozilla/5.0 (${'x'.repeat(400)})`
const LONG_CLIENT_ID = '0b6ae0f2-7a0d-4f7b-8a49-5f3a3b8f9a10'

function isWithinBudget({ read, write }: Spent): boolean {
  return write > 0 && write <= 4 && read <= 4
}

/** `tableOf` gives the store under test; the argument is the fixture's own SQLite table. */
export function costsContract(tableOf: (own: Table) => Table): void {
  test('a sign-in with known consent: at most 4 write units and 4 read units, tokens and audit record included', async () => {
    await inHouse(tableOf, async ({ house, spend }) => {
      await redeem(house, codeOf(await signInAndAllow(house, house.jar())))
      const jar = house.jar()

      const spent = await spend(async () => redeem(house, codeOf(await signIn(jar, await house.authorize(jar)))))

      expect(spent.write).toBeLessThanOrEqual(4)
      expect(spent.write).toBeGreaterThan(0)
      expect(spent.read).toBeLessThanOrEqual(4)
    })
  })

  test('ten sign-ins in a row: none costs more than 4 write and 4 read units, also where the tries before are settled', async () => {
    await inHouse(tableOf, async ({ house, spend }) => {
      await redeem(house, codeOf(await signInAndAllow(house, house.jar())))
      for (let round = 0; round < 10; round++) expect(await spend(() => signInAnywhere(house))).toSatisfy(isWithinBudget)
    })
  })

  test('ten sign-ins in a row from one browser: the same', async () => {
    await inHouse(tableOf, async ({ house, spend }) => {
      const jar = house.jar()
      await redeem(house, codeOf(await signInAndAllow(house, jar)))
      for (let round = 0; round < 10; round++) {
        for (const name of [...jar.cookies.keys()]) if (name.endsWith('.session')) jar.cookies.delete(name)
        const spent = await spend(async () => redeem(house, codeOf(await signIn(jar, await house.authorize(jar)))))
        expect(spent).toSatisfy(isWithinBudget)
      }
    })
  })

  test('the right password after wrong ones, at the last free try and after it: the same', async () => {
    await inHouse(tableOf, async ({ house, spend }) => {
      await redeem(house, codeOf(await signInAndAllow(house, house.jar())))
      for (const wrong of [1, 3, 4]) {
        for (let round = 0; round < wrong; round++) {
          const jar = house.jar()
          house.pass(0.001)
          await signIn(jar, await house.authorize(jar), 'jo', 'a wrong guess entirely')
        }
        expect(await spend(() => signInAnywhere(house))).toSatisfy(isWithinBudget)
        expect(await spend(() => signInAnywhere(house))).toSatisfy(isWithinBudget)
      }
    })
  })

  test('a browser with a long name, an application that asks for everything, long ids: no more, and a refresh neither', async () => {
    await inHouse(tableOf, async ({ house, spend }) => {
      const scope = ['openid', 'offline_access', ...Object.keys(CLAIMS_OF_SCOPE)].join(' ')
      await house.addApplication(LONG_CLIENT_ID, { scope })
      const long: SignInHouse = { ...house, fetch: fromLongBrowser(house) }
      const asked = authorizePath({ client_id: LONG_CLIENT_ID, scope, nonce: 'n'.repeat(43) })
      const allowed = openJar(long)
      const { refresh_token = '' } = await redeem(
        long,
        codeOf(await allowed.submit(await signIn(allowed, await allowed.get(asked)), { decision: 'allow' })),
        LONG_CLIENT_ID,
      )
      const grant = { grant_type: 'refresh_token', client_id: LONG_CLIENT_ID }
      const fresh = await token(long, { ...grant, refresh_token })
      const jar = openJar(long)

      const signedIn = await spend(async () => redeem(long, codeOf(await signIn(jar, await jar.get(asked))), LONG_CLIENT_ID))
      const refreshed = await spend(() => token(long, { ...grant, refresh_token: fresh.refresh_token ?? '' }))

      expect(signedIn).toSatisfy(isWithinBudget)
      expect(refreshed.write).toBe(2)
    })
  })

  test('proving once more who one is (prompt=login): at most 4 write units, with the one audit record that it leaves', async () => {
    await inHouse(tableOf, async ({ house, spend }) => {
      const jar = house.jar()
      await redeem(house, codeOf(await signInAndAllow(house, jar)))
      const before = await auditOf(house)

      const spent = await spend(async () => redeem(house, codeOf(await signIn(jar, await house.authorize(jar, { prompt: 'login' })))))

      expect(spent.write).toBeLessThanOrEqual(4)
      const after = await auditOf(house)
      expect(after).toHaveLength(before.length + 1)
      expect(after[0]).toMatchObject({ kind: 'session.renewed', clientId: 'desk', data: { amr: ['pwd'] } })
    })
  })

  test('authorize with a session: at most 2 read units and no write', async () => {
    await inHouse(tableOf, async ({ house, spend }) => {
      const jar = house.jar()
      await signInAndAllow(house, jar)
      await house.authorize(jar)

      const spent = await spend(async () => codeOf(await house.authorize(jar)))

      expect(spent).toEqual({ read: spent.read, write: 0 })
      expect(spent.read).toBeLessThanOrEqual(2)
    })
  })

  test('a refresh: 2 write units with its audit record', async () => {
    await inHouse(tableOf, async ({ house, spend }) => {
      const { refresh_token } = await redeem(house, codeOf(await signInAndAllow(house, house.jar())))
      const grant = { grant_type: 'refresh_token', refresh_token: refresh_token ?? '', client_id: 'desk' }
      const fresh = await token(house, grant)

      const spent = await spend(() => token(house, { ...grant, refresh_token: fresh.refresh_token ?? '' }))

      expect(spent.write).toBe(2)
    })
  })

  test('introspection and userinfo: 2 read units each, the grant and the person as they are now, and no write', async () => {
    await inHouse(tableOf, async ({ house, spend }) => {
      await house.addApplication('office', { grant_types: ['client_credentials'], gatehouse_roles: ['api'] }, SECRET)
      await house.stores().roles.save({ id: 'rol_api', name: 'api', permissions: ['tokens:introspect'], version: 0 }, {})
      const { access_token } = await redeem(house, codeOf(await signInAndAllow(house, house.jar())))
      const introspect = () => {
        const body = new URLSearchParams({ token: access_token, client_id: 'office', client_secret: SECRET })
        return house.fetch('/t/main/oauth2/introspect', { method: 'POST', body })
      }
      const userinfo = () => house.fetch('/t/main/oauth2/userinfo', { headers: { authorization: `Bearer ${access_token}` } })
      expect(await (await introspect()).json()).toMatchObject({ active: true })
      expect((await userinfo()).status).toBe(200)

      expect(await spend(introspect)).toEqual({ read: 2, write: 0 })
      expect(await spend(userinfo)).toEqual({ read: 2, write: 0 })
    })
  })

  test('a client_credentials token by secret: nothing in steady state', async () => {
    await inHouse(tableOf, async ({ house, spend }) => {
      const batch = {
        grant_types: ['client_credentials'] as const,
        token_endpoint_auth_method: 'client_secret_post' as const,
        redirect_uris: [],
      }
      await house.addApplication('batch', batch, SECRET)
      const ask = () => token(house, { grant_type: 'client_credentials', client_id: 'batch', client_secret: SECRET })
      await ask()

      expect(await spend(ask)).toEqual({ read: 0, write: 0 })
    })
  })
}

type CostHouse = { readonly house: SignInHouse; readonly spend: (work: () => Promise<unknown>) => Promise<Spent> }

/** A house whose requests are metered, and whose events leave their audit records as relay leaves them. */
async function inHouse(tableOf: (own: Table) => Table, tried: (on: CostHouse) => Promise<void>): Promise<void> {
  const events: HouseEvent[] = []
  const house = await openSignInHouse((own) => heard(tableOf(own), events))
  try {
    await ensureSigningKeys(await house.context())
    await tried({ house, spend: (work) => spend(house, events, work) })
  } finally {
    house.close()
  }
}

async function spend(house: SignInHouse, events: HouseEvent[], work: () => Promise<unknown>): Promise<Spent> {
  events.length = 0
  const before = house.logs.length
  await work()
  const lines = house.logs.slice(before).filter((line) => line.message === 'request')
  const sum = (name: 'read' | 'write') => lines.reduce((total, line) => total + Number(line.fields[name]), 0)
  const audit = house.stores()
  for (const event of events.splice(0)) if (event.audited) await audit.audit.append(event)
  return { read: sum('read') + audit.meter.read, write: sum('write') + audit.meter.write }
}

/** Notes the events of writes that took place, as the stream would carry them. */
function heard(table: Table, events: HouseEvent[]): Table {
  const note = (image: Partial<Item>) => {
    if (image.event !== undefined) events.push(image.event as unknown as HouseEvent)
  }
  return {
    get: (key, options) => table.get(key, options),
    query: (query) => table.query(query),
    remove: (key, condition) => table.remove(key, condition),
    async put(item, condition) {
      const written = await table.put(item, condition)
      note(item)
      return written
    },
    async update(key, change, condition) {
      const written = await table.update(key, change, condition)
      note(change.set ?? {})
      return written
    },
    async transact(writes) {
      const written = await table.transact(writes)
      for (const write of writes) note('put' in write ? write.put : 'update' in write ? (write.change.set ?? {}) : {})
      return written
    },
  }
}

async function signInAndAllow(house: SignInHouse, jar: Jar): Promise<Visit> {
  const next = await signIn(jar, await house.authorize(jar))
  return next.url.pathname === '/t/main/consent' ? jar.submit(next, { decision: 'allow' }) : next
}

/** From a browser that nobody has used before, up to the tokens. */
async function signInAnywhere(house: SignInHouse): Promise<void> {
  const jar = house.jar()
  // Nobody begins two sign-ins in one millisecond.
  house.pass(0.001)
  await redeem(house, codeOf(await signIn(jar, await house.authorize(jar))))
}

function fromLongBrowser(house: SignInHouse): SignInHouse['fetch'] {
  return (path, init = {}) => {
    const headers = new Headers(init.headers)
    headers.set('user-agent', LONG_USER_AGENT)
    const place = parsePlace({ country: 'GB', city: 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch' })
    return house.fetch(path, { ...init, headers, ip: '2001:0db8:85a3:1234:5678:8a2e:0370:7334', ...(place ? { place } : {}) })
  }
}

function auditOf(house: SignInHouse): Promise<readonly HouseEvent[]> {
  return house.stores().audit.list(new Date(house.house.ports.clock.now()).toISOString().slice(0, 10), 100)
}

function codeOf(visit: Visit): string {
  const code = visit.url.searchParams.get('code')
  if (code === null) throw new Error(`no code: ${visit.status} ${visit.url}`)
  return code
}

function redeem(house: SignInHouse, code: string, client_id = 'desk') {
  return token(house, { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, client_id, code_verifier: VERIFIER })
}

async function token(house: SignInHouse, form: Record<string, string>): Promise<{ access_token: string; refresh_token?: string }> {
  const response = await house.fetch('/t/main/oauth2/token', { method: 'POST', body: new URLSearchParams(form) })
  expect(response.status).toBe(200)
  return response.json() as Promise<{ access_token: string; refresh_token?: string }>
}
