/** What is measured, one row each. Adding an operation is a row here. */
import { PEOPLE, userName } from '../servers/client.ts'
import { FORM, type Received, type Sent, send } from './http_client.ts'
import { BASIC, parseTokens, signIn } from './sign_in.ts'
import type { Metadata, SubjectName } from './subject.ts'

/** One connection's work: called again and again, each call one operation. Throws when the answer is not the expected one. */
export type Worker = () => Promise<void>

export type Row = {
  readonly name: string
  readonly subjects: readonly SubjectName[]
  /** Operations of a round; `--quick` takes a third. */
  readonly count: number
  /** Makes one worker; what it needs (a sign-in, a token) is not measured. */
  readonly prepare: (metadata: Metadata) => Promise<Worker>
  /** The first subject may use at most this share of the other's processor time. */
  readonly target?: { readonly against: SubjectName; readonly atMost: number }
}

const BOTH: readonly SubjectName[] = ['gatehouse', 'oidc-provider']

export const ROWS: readonly Row[] = [
  {
    name: 'client_credentials',
    subjects: ['gatehouse', 'bar', 'oidc-provider'],
    count: 1500,
    target: { against: 'bar', atMost: 1.15 },
    prepare: async ({ token_endpoint }) => {
      const sent = post(token_endpoint, { grant_type: 'client_credentials' })
      return async () => expectBody(await send(sent), '"access_token":"ey')
    },
  },
  {
    name: 'refresh',
    subjects: [...BOTH, 'oidc-provider on SQLite'],
    count: 450,
    target: { against: 'oidc-provider', atMost: 0.8 },
    prepare: async (metadata) => {
      let { refresh_token } = await signIn(metadata, anybody(), 'ask')
      return async () => {
        ;({ refresh_token } = await refresh(metadata, refresh_token))
      }
    },
  },
  {
    name: 'introspection',
    subjects: BOTH,
    count: 1200,
    target: { against: 'oidc-provider', atMost: 0.8 },
    prepare: async (metadata) => {
      const nextToken = inTurn(await accessTokens(metadata))
      return async () => expectBody(await send(post(metadata.introspection_endpoint, { token: nextToken() })), '"active":true')
    },
  },
  {
    name: 'userinfo',
    subjects: BOTH,
    count: 1200,
    target: { against: 'oidc-provider', atMost: 0.8 },
    prepare: async (metadata) => {
      const nextToken = inTurn(await accessTokens(metadata))
      return async () => {
        const headers = { authorization: `Bearer ${nextToken()}` }
        expectBody(await send({ method: 'GET', url: metadata.userinfo_endpoint, headers }), '"given_name":"Rowan"')
      }
    },
  },
  {
    name: 'discovery',
    subjects: ['gatehouse', 'bar', 'oidc-provider'],
    count: 1500,
    prepare: async ({ issuer }) => {
      const sent: Sent = { method: 'GET', url: `${issuer}/.well-known/openid-configuration` }
      return async () => expectBody(await send(sent), '"token_endpoint"')
    },
  },
  {
    name: 'whole sign-in, hash excluded',
    subjects: [...BOTH, 'oidc-provider, bare pages', 'oidc-provider on SQLite', 'floor'],
    count: 96,
    target: { against: 'oidc-provider', atMost: 0.4 },
    prepare: async (metadata) => async () => void (await signIn(metadata, anybody(), 'ask')),
  },
  {
    name: 'sign-in with known consent, hash excluded',
    subjects: BOTH,
    count: 96,
    prepare: async (metadata) => {
      const nextPerson = inTurn(await consentingPeople(metadata))
      return async () => void (await signIn(metadata, nextPerson(), 'known'))
    },
  },
  {
    name: 'whole sign-in with Argon2id',
    subjects: ['gatehouse with hash', 'oidc-provider with hash'],
    count: 32,
    prepare: async (metadata) => async () => void (await signIn(metadata, anybody(), 'ask')),
  },
]

/** With 1,200 operations over eight connections each token is used about ten times, as an API's would be in its five minutes. */
const TOKENS_PER_CONNECTION = 15
const PEOPLE_PER_CONNECTION = 6

async function accessTokens(metadata: Metadata): Promise<string[]> {
  let { access_token, refresh_token } = await signIn(metadata, anybody(), 'ask')
  const tokens = [access_token]
  while (tokens.length < TOKENS_PER_CONNECTION) {
    ;({ access_token, refresh_token } = await refresh(metadata, refresh_token))
    tokens.push(access_token)
  }
  return tokens
}

async function consentingPeople(metadata: Metadata): Promise<string[]> {
  const names = Array.from({ length: PEOPLE_PER_CONNECTION }, anybody)
  for (const name of names) await signIn(metadata, name, 'ask')
  return names
}

function inTurn(values: readonly string[]): () => string {
  let next = 0
  return () => values[next++ % values.length] ?? ''
}

async function refresh(metadata: Metadata, refresh_token: string): Promise<ReturnType<typeof parseTokens>> {
  const answer = await send(post(metadata.token_endpoint, { grant_type: 'refresh_token', refresh_token }))
  expectBody(answer, '"access_token"')
  return parseTokens(answer.body)
}

let turn = 0

/** Everybody in turn, so that no account is signed in to unnaturally often. */
function anybody(): string {
  turn = (turn + 1) % PEOPLE
  return userName(turn)
}

function post(url: string, form: Readonly<Record<string, string>>): Sent {
  return { method: 'POST', url, headers: { ...FORM, authorization: BASIC }, body: new URLSearchParams(form).toString() }
}

function expectBody({ status, body }: Received, part: string): void {
  if (status !== 200 || !body.includes(part)) throw new Error(`expected 200 with ${part}, got ${status}: ${body.slice(0, 300)}`)
}
