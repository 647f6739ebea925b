/**
 * Requests to the outside: to hosts that the tenant allows, through the house's `Egress`, and at most once: an answer that was lost is not asked for again where
 * asking may do something. What a script sends stands in no journal and no record; what comes back does, in the journal.
 */
import { IamError } from '@gatehouse/core/error.ts'
import type { EgressResponse } from '@gatehouse/ports/egress.ts'
import type { Value } from '@gatehouse/ports/table.ts'
import { hashOf } from '@gatehouse/store/keys.ts'
import { type Arguments, ScriptMistake } from '../arguments.ts'
import type { HostFunction, HostGroup, World } from '../host_function.ts'
import { checkedUrl } from '../prompt.ts'

const prelude = `
const HANDLERS = ['onSuccess', 'onFail', 'onTimeout']
const outside = (name, url, body, given) => add(() => {
  const maps = given.filter(isMap)
  const handlers = maps.find((map) => HANDLERS.some((one) => typeof map[one] === 'function'))
  const auth = maps.find((map) => map !== handlers && typeof map.type === 'string' && isMap(map.properties))
  const headers = maps.find((map) => map !== handlers && map !== auth)
  const answer = ask(name, { url, body: body === undefined ? null : body, headers: headers || {}, auth: auth || null })
  call(handlers, answer.outcome, context, answer.data)
})
give('httpGet', (url, ...given) => outside('httpGet', url, undefined, given))
give('httpPost', (url, body, ...given) => outside('httpPost', url, body, given))
`

const MOST_BYTES = 12_288
const MILLISECONDS = 5_000

type Answer = { readonly outcome: 'onSuccess' | 'onFail' | 'onTimeout'; readonly data: Value }

export const http: HostGroup = {
  prelude,
  functions: {
    httpGet: { kind: 'acts', perform: (world, args, ordinal) => send(world, 'GET', args, ordinal), words: wordsOf('GET') },
    httpPost: {
      kind: 'acts',
      perform: (world, args, ordinal) => send(world, 'POST', args, ordinal),
      lost: { outcome: 'onFail', data: { error: 'nobody knows whether this was sent' } },
      words: wordsOf('POST'),
    },
  },
}

function wordsOf(method: string): NonNullable<HostFunction['words']> {
  return (args, value) => {
    const url = args.text('url')
    return `${method} to ${URL.canParse(url) ? new URL(url).host : 'no address'}: ${isAnswer(value) ? RESULTS[value.outcome] : ''}`
  }
}

const RESULTS: Readonly<Record<Answer['outcome'], string>> = { onSuccess: 'answered', onFail: 'failed', onTimeout: 'no answer in time' }

function isAnswer(value: Value): value is Answer {
  return typeof value === 'object' && value !== null && 'outcome' in value
}

async function send(world: World, method: 'GET' | 'POST', args: Arguments, ordinal: number): Promise<Answer> {
  const scripting = world.ctx.tenant.policies.signIn?.scripting ?? {}
  const headers = Object.fromEntries(Object.entries(args.map('headers')).map(([name, value]) => [name.toLowerCase(), value]))
  try {
    const url = checkedUrl(args.text('url'), scripting)
    const authorized = args.has('auth') ? { ...headers, ...(await authorization(world, args.inner('auth'))) } : headers
    const all =
      method === 'GET' ? authorized : { 'content-type': 'application/json', 'idempotency-key': keyOf(world, ordinal), ...authorized }
    const response = await world.ctx.egress.send({
      url,
      method,
      headers: { accept: 'application/json', ...all },
      timeoutMilliseconds: MILLISECONDS,
      maximumBytes: MOST_BYTES,
      ...(method === 'POST' ? { body: bodyOf(args, all['content-type']) } : {}),
    })
    return answerOf(response)
  } catch (error) {
    if (error instanceof ScriptMistake) return { outcome: 'onFail', data: { error: error.message } }
    if (error instanceof IamError && error.code === 'unavailable') return { outcome: 'onTimeout', data: { error: error.description } }
    if (error instanceof IamError) return { outcome: 'onFail', data: { error: error.description } }
    throw error
  }
}

function answerOf({ status, headers, body }: EgressResponse): Answer {
  const isJson = /\bjson\b/.test(headers['content-type'] ?? '') || /^\s*[[{]/.test(body)
  const data = isJson ? parsed(body) : body
  return status >= 200 && status < 300 ? { outcome: 'onSuccess', data } : { outcome: 'onFail', data: { status, data } }
}

function parsed(body: string): Value {
  try {
    return JSON.parse(body)
  } catch {
    // It said that it was JSON, and was not: the script gets what came.
    return body
  }
}

/** So that whoever is told twice may know it: the same for the same call of the same sign-in, and nothing that leads back to it. */
function keyOf({ ctx, interactionId }: World, ordinal: number): string {
  return hashOf(`${ctx.stores.id}\n${interactionId}\n${ordinal}`)
}

function bodyOf(args: Arguments, contentType: string | undefined): string {
  const body = args.value('body')
  if (typeof body === 'string') return body
  if (contentType?.startsWith('application/x-www-form-urlencoded')) return new URLSearchParams(args.map('body')).toString()
  return JSON.stringify(body ?? {})
}

/** WSO2's kinds of `authConfig`, by both of the names that each goes by. */
const AUTHORIZATIONS: Readonly<
  Record<string, (world: World, properties: Arguments) => Promise<Record<string, string>> | Record<string, string>>
> = {
  basic: (_, given) => ({ authorization: basic(given.text('username'), given.text('password')) }),
  apikey: (_, given) => ({ [given.text('headerName').toLowerCase()]: given.text('apiKey') }),
  bearer: (_, given) => ({ authorization: `Bearer ${given.text('token')}` }),
  clientcredential: async (world, given) => ({ authorization: `Bearer ${await clientCredentialsToken(world, given)}` }),
}

async function authorization(world: World, auth: Arguments): Promise<Record<string, string>> {
  const type = auth
    .text('type')
    .toLowerCase()
    .replace(/auth$|token$/, '')
  const make = Object.hasOwn(AUTHORIZATIONS, type) ? AUTHORIZATIONS[type] : undefined
  if (make === undefined) throw new ScriptMistake(`there is no authConfig of the type ${auth.text('type').slice(0, 40)}`)
  return make(world, auth.inner('properties'))
}

/** RFC 6749 section 4.4. */
async function clientCredentialsToken(world: World, given: Arguments): Promise<string> {
  const scope = given.maybeText('scope')
  const response = await world.ctx.egress.send({
    url: checkedUrl(given.text('tokenEndpoint'), world.ctx.tenant.policies.signIn?.scripting ?? {}),
    method: 'POST',
    headers: {
      authorization: basic(given.text('consumerKey'), given.text('consumerSecret')),
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) }).toString(),
    timeoutMilliseconds: MILLISECONDS,
    maximumBytes: MOST_BYTES,
  })
  const token = parsed(response.body)
  if (typeof token === 'object' && token !== null && 'access_token' in token && typeof token.access_token === 'string')
    return token.access_token
  throw new ScriptMistake('the token endpoint gave no token')
}

function basic(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`
}
