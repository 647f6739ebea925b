/** A house with its management API and its sign-in, and people whose tokens come the way the command line's do: signed in, by code and PKCE. */

import { createHash } from 'node:crypto'
import { PERMISSIONS } from '@gatehouse/core/permissions.ts'
import type { User } from '@gatehouse/core/user.ts'
import { issueAdministrationToken } from '@gatehouse/http/admin/administration_token.ts'
import { adminApp } from '@gatehouse/http/admin/app.ts'
import { COMMAND_LINE_CLIENT_ID } from '@gatehouse/http/admin/built_in_applications.ts'
import { completeTenant } from '@gatehouse/http/admin/create_tenant.ts'
import { authorizeApp } from '@gatehouse/http/authorize/app.ts'
import { registerApp } from '@gatehouse/http/register/app.ts'
import { tokenApp } from '@gatehouse/http/token/app.ts'
import type { SigningKey } from '@gatehouse/store/signing_key.ts'
import { openJar } from '../../fixture/browser_jar.ts'
import { type HouseFixture, openHouseFixture } from '../../fixture/house_fixture.ts'

export const PASSWORD = 'a long walk by the sea 7'
const VERIFIER = 'dBjFTJeZ4CVPmB92K27uhbUJU1p1r-wW1gFWFOEjXkA'
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url')
const REDIRECT_URI = 'http://127.0.0.1:20799/callback'

export type Body = Readonly<Record<string, unknown>>
export type ApiAnswer = { readonly status: number; readonly headers: Headers; readonly body: Body }

export type ManagementHouse = HouseFixture & {
  /** `token` undefined: none is sent. `path` below `/api/v1`. */
  api(token: string | undefined, method: string, path: string, body?: unknown, tenant?: string): Promise<ApiAnswer>
  /** Adds a host to a tenant and proves it; the tenant's administrator does. */
  proveDomain(host: string, tenant?: string): Promise<Body>
  /** With all permissions of the tenant's administrators. */
  administratorToken(tenant?: string): Promise<string>
  /** A person with these roles, by name. */
  addPerson(userName: string, roles: readonly string[], tenant?: string): Promise<User>
  /** A token of a person who signed in to the command line. */
  signIn(userName: string, options?: { readonly scope?: string; readonly tenant?: string; readonly clientId?: string }): Promise<string>
  /** A token that an application asked for itself; the answer's error where there is none. */
  applicationToken(clientId: string, secret: string, tenant?: string): Promise<ApiAnswer>
  addWholeTenant(id: string): Promise<void>
}

export async function openManagementHouse(origin?: string): Promise<ManagementHouse> {
  const fixture = await openHouseFixture(
    { authorize: authorizeApp(), token: tokenApp(), register: registerApp(), admin: adminApp() },
    origin,
  )
  await complete(fixture, 'main')

  const house: ManagementHouse = {
    ...fixture,
    async api(token, method, path, body, tenant = 'main') {
      const response = await fixture.fetch(`/t/${tenant}/api/v1${path}`, {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      if (response.status >= 500) throw new Error(`${method} ${path} failed: ${JSON.stringify(fixture.logs.at(-2))}`)
      return answerOf(response)
    },
    async proveDomain(host, tenant = 'main') {
      const token = await house.administratorToken(tenant)
      const { body } = await house.api(token, 'POST', '/domains', { host }, tenant)
      publish(fixture, body)
      return (await house.api(token, 'POST', `/domains/${host}/verification`, undefined, tenant)).body
    },
    administratorToken: async (tenant = 'main') => (await issueAdministrationToken(await fixture.context(tenant))).token,
    async addPerson(userName, roles, tenant = 'main') {
      const all = await fixture.stores(tenant).roles.list()
      return fixture.addUser(userName, PASSWORD, { roles: roles.map((name) => idOf(all, name)) }, tenant)
    },
    async signIn(userName, { scope = Object.keys(PERMISSIONS).join(' '), tenant = 'main', clientId = COMMAND_LINE_CLIENT_ID } = {}) {
      const jar = openJar(fixture)
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: REDIRECT_URI,
        scope: `openid ${scope}`,
        state: 'the-state',
        code_challenge: CHALLENGE,
        code_challenge_method: 'S256',
      })
      const shown = await jar.get(`/t/${tenant}/oauth2/authorize?${query}`)
      const arrived = await jar.submit(shown, { username: userName, password: PASSWORD })
      const answer = await post(fixture, tenant, {
        grant_type: 'authorization_code',
        code: arrived.url.searchParams.get('code') ?? '',
        redirect_uri: REDIRECT_URI,
        client_id: clientId,
        code_verifier: VERIFIER,
      })
      if (answer.status !== 200) throw new Error(`no token came: ${JSON.stringify(answer.body)}`)
      return String(answer.body.access_token)
    },
    applicationToken: (client_id, client_secret, tenant = 'main') =>
      post(fixture, tenant, { grant_type: 'client_credentials', client_id, client_secret }),
    async addWholeTenant(id) {
      await fixture.addTenant(id)
      await complete(fixture, id)
    },
  }
  return house
}

let made: readonly SigningKey[] | undefined

/** RSA keys are dear: made for the first house, taken over by the next ones, as far as the tenant is the same. */
async function complete(fixture: HouseFixture, tenant: string): Promise<void> {
  const keys = fixture.stores(tenant).signingKeys
  if (tenant === 'main') for (const key of made ?? []) await keys.add(key)
  await completeTenant(fixture.house, tenant, {})
  if (tenant === 'main') made ??= await keys.list()
}

async function post(fixture: HouseFixture, tenant: string, form: Record<string, string>): Promise<ApiAnswer> {
  return answerOf(await fixture.fetch(`/t/${tenant}/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) }))
}

async function answerOf(response: Response): Promise<ApiAnswer> {
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : {} }
}

function idOf(roles: readonly { readonly id: `rol_${string}`; readonly name: string }[], name: string): `rol_${string}` {
  const role = roles.find((one) => one.name === name)
  if (!role) throw new Error(`there is no role ${name}`)
  return role.id
}

/** Puts a domain's records into the world's DNS, as its owner would. */
export function publish({ dns }: HouseFixture, domain: Body): void {
  for (const { type, name, value } of domain.records as { type: string; name: string; value: string }[])
    dns.set(`${type} ${name}`, [...(dns.get(`${type} ${name}`) ?? []), value])
}
