/** Who starts cold, with which first request, and what is asked of them. */
import { CLIENT } from '../servers/client.ts'
import type { Event } from './subjects/event.ts'
import { DOOR_SECRET, ORIGIN } from './world.ts'

export type Subject = {
  readonly name: string
  /** A function of the house, a rival in `subjects/`, or nothing. */
  readonly bundle: { readonly function: string } | { readonly rival: string } | 'nothing'
  readonly event: keyof typeof EVENTS
  readonly isBar?: boolean
  /** Of wall time. */
  readonly targets?: readonly { readonly against: string; readonly atMost: number }[]
}

const BAR = 'hono + jose: token'
const OPENAUTH = 'openauth, store in memory: token'

export const SUBJECTS: readonly Subject[] = [
  { name: 'nothing but Node', bundle: 'nothing', event: 'token' },
  { name: BAR, bundle: { rival: 'bare' }, event: 'bareToken', isBar: true },
  { name: 'the same + one signed read of DynamoDB', bundle: { rival: 'bare_signed' }, event: 'bareToken' },
  { name: 'the same + one read by the AWS SDK', bundle: { rival: 'bare_sdk' }, event: 'bareToken' },
  { name: OPENAUTH, bundle: { rival: 'openauth' }, event: 'openauthToken' },
  {
    name: 'token: token',
    bundle: { function: 'token' },
    event: 'token',
    targets: [
      { against: BAR, atMost: 1.25 },
      { against: OPENAUTH, atMost: 1 },
    ],
  },
  { name: 'token: metadata', bundle: { function: 'token' }, event: 'metadata' },
  {
    name: 'authorize: authorization request',
    bundle: { function: 'authorize' },
    event: 'authorize',
    targets: [{ against: BAR, atMost: 1.3 }],
  },
  {
    name: 'authorize: sign-in page',
    bundle: { function: 'authorize' },
    event: 'signIn',
    targets: [{ against: BAR, atMost: 1.3 }],
  },
  { name: 'authorize: privacy policy, a page', bundle: { function: 'authorize' }, event: 'page' },
  { name: 'admin: OpenAPI document', bundle: { function: 'admin' }, event: 'openapi' },
]

const front = {
  'x-gatehouse-door': DOOR_SECRET,
  'x-gatehouse-tenant': 'main',
  'x-gatehouse-base-path': '/t/main',
  'x-gatehouse-origin': ORIGIN,
  'x-gatehouse-ip': '203.0.113.7',
  'user-agent': 'bench',
  accept: 'text/html,application/json',
}
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const basic = `Basic ${Buffer.from(`${CLIENT.client_id}:${CLIENT.client_secret}`).toString('base64')}`
const get = (rawPath: string, rawQueryString = ''): Event => ({
  rawPath,
  rawQueryString,
  headers: front,
  requestContext: { http: { method: 'GET' } },
})
const post = (rawPath: string, headers: Record<string, string>, body: Record<string, string>): Event => ({
  rawPath,
  rawQueryString: '',
  headers: { ...headers, ...form },
  requestContext: { http: { method: 'POST' } },
  body: new URLSearchParams(body).toString(),
})

export const EVENTS = {
  token: post('/t/main/oauth2/token', { ...front, authorization: basic }, { grant_type: 'client_credentials' }),
  bareToken: post('/oauth2/token', { authorization: basic }, { grant_type: 'client_credentials' }),
  openauthToken: post(
    '/token',
    {},
    { grant_type: 'client_credentials', provider: 'bench', client_id: CLIENT.client_id, client_secret: CLIENT.client_secret },
  ),
  metadata: get('/t/main/.well-known/openid-configuration'),
  authorize: get(
    '/t/main/oauth2/authorize',
    new URLSearchParams({
      client_id: CLIENT.client_id,
      response_type: 'code',
      redirect_uri: CLIENT.redirect_uris[0],
      scope: 'openid',
      state: 'state',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    }).toString(),
  ),
  // of a browser that comes back too late: the page as whoever is sent to it sees it, without the redirect before it
  signIn: get('/t/main/login', `interaction=int_${'0'.repeat(9)}${'A'.repeat(16)}`),
  page: get('/t/main/privacy-policy'),
  openapi: get('/t/main/api/v1/openapi.json'),
} as const
