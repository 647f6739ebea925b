/**
 * What a script finds in its engine before it begins, in JavaScript for QuickJS: the agenda of steps, the objects `context`, `step`, `user`, and a clock and
 * dice that give the same on every container. The groups of `host/` add their functions. It decides nothing: whatever a script does to it, it does to itself.
 *
 * The order is WSO2's: what a callback asks for comes before what was asked for after it.
 */
import { HOST_GROUPS } from './host_functions.ts'

const CORE = `
const { parse, stringify } = JSON
const facts = parse(factsText)
let now = facts.at
const ask = (name, args) => {
  const answer = parse(host(name, stringify(args === undefined ? {} : args)))
  if (answer.at > now) now = answer.at
  return answer.value
}
const give = (name, value) => Object.defineProperty(globalThis, name, { value, writable: true, configurable: true })
const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)

const RealDate = Date
const SameDate = function Date(...given) {
  if (!new.target) return new RealDate(now).toString()
  return given.length === 0 ? new RealDate(now) : new RealDate(...given)
}
SameDate.prototype = RealDate.prototype
SameDate.prototype.constructor = SameDate
SameDate.now = () => now
SameDate.parse = RealDate.parse
SameDate.UTC = RealDate.UTC
give('Date', SameDate)

let seed = facts.seed >>> 0
Math.random = () => {
  seed = (seed + 0x6d2b79f5) >>> 0
  let t = seed
  t = Math.imul(t ^ (t >>> 15), t | 1)
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}

let added = []
let sessionLimit
const add = (node) => { added.push(node) }
const call = (handlers, name, ...given) => { if (isMap(handlers) && typeof handlers[name] === 'function') handlers[name](...given) }

const lookedUp = {}
const once = (key, find) => { if (!(key in lookedUp)) lookedUp[key] = find(); return lookedUp[key] }

const users = {}
const said = {}
const userOf = (basics) => {
  if (!basics) return null
  if (users[basics.id]) return users[basics.id]
  const id = basics.id
  const sessionClaims = said[id] = {}
  const user = {
    uniqueId: id,
    username: basics.userName,
    identifier: basics.userName,
    tenantDomain: facts.tenantDomain,
    userStoreDomain: 'PRIMARY',
    get roles() { return once('roles ' + id, () => ask('userRoles', { user: id })) },
    get groups() { return once('groups ' + id, () => ask('userGroups', { user: id })) },
    localClaims: new Proxy({}, {
      get: (_, uri) => typeof uri === 'string' ? once('claim ' + id + ' ' + uri, () => ask('readClaim', { user: id, claim: uri })) : undefined,
      set: (_, uri, value) => {
        ask('writeClaim', { user: id, claim: uri, value: value === null || value === undefined ? '' : String(value) })
        lookedUp['claim ' + id + ' ' + uri] = value === null || value === undefined ? null : String(value)
        return true
      },
    }),
    claims: new Proxy(sessionClaims, {
      get: (own, uri) => typeof uri !== 'string' || Object.hasOwn(own, uri) ? own[uri] : user.localClaims[uri],
    }),
    remoteClaims: {},
  }
  users[id] = user
  return user
}
const idOf = (user, of) => {
  if (isMap(user) && typeof user.uniqueId === 'string') return user.uniqueId
  throw new TypeError(of + ': a user is expected')
}

const executed = {}
const stepOf = (number) => {
  const options = facts.steps[number - 1]
  if (options === undefined) return undefined
  const done = executed[number]
  return { options, subject: done ? done.subject : null, idp: done ? done.idp : null, authenticator: done ? done.authenticator : null }
}
let answered = {}
const named = (name) => new Proxy({}, { get: (_, key) => typeof key === 'string' ? once(name + ' ' + key, () => ask(name, { name: key })) : undefined })
const request = {
  headers: named('requestHeader'),
  cookies: named('requestCookie'),
  params: new Proxy({}, {
    get: (_, key) => {
      if (typeof key !== 'string') return undefined
      if (Object.hasOwn(answered, key)) return answered[key]
      const value = once('parameter ' + key, () => ask('requestParameter', { name: key }))
      return value === null ? undefined : [value]
    },
  }),
  get ip() { return once('ip', () => ask('requestIp')) },
}
const context = {
  steps: new Proxy({}, { get: (_, number) => stepOf(Number(number)) }),
  currentStep: 0,
  currentKnownSubject: null,
  lastAuthenticatedUser: null,
  lastLoginFailedUser: null,
  request,
  response: { headers: {} },
  serviceProviderName: facts.serviceProviderName,
  tenantDomain: facts.tenantDomain,
  requestedAcr: facts.requestedAcr,
  selectedAcr: null,
}

give('executeStep', (number, second, third) => {
  const isOptions = (map) => isMap(map) && ('authenticationOptions' in map || 'authenticatorParams' in map || 'stepOptions' in map)
  const options = third !== undefined || isOptions(second) ? second : undefined
  const handlers = third !== undefined ? third : isOptions(second) ? undefined : second
  add(() => {
    const forced = isMap(options) && isMap(options.stepOptions) && String(options.stepOptions.forceAuth) === 'true'
    const since = forced ? ask('provenSoFar') : null
    context.currentStep = number
    const local = isMap(options) && isMap(options.authenticatorParams) ? options.authenticatorParams.local : undefined
    if (isMap(local) && isMap(local.SessionExecutor)) return sessionLimit(number, Number(local.SessionExecutor.MaxSessionCount), handlers)
    const answer = ask('executeStep', {
      step: number,
      options: isMap(options) && Array.isArray(options.authenticationOptions) ? options.authenticationOptions : null,
      params: isMap(options) && isMap(options.authenticatorParams) ? options.authenticatorParams : null,
      since,
      hearsOfFailure: isMap(handlers) && typeof handlers.onFail === 'function',
    })
    if (answer.outcome === 'success') {
      const subject = userOf(answer.user)
      executed[number] = { subject, idp: 'LOCAL', authenticator: answer.authenticator }
      context.currentKnownSubject = context.lastAuthenticatedUser = subject
      call(handlers, 'onSuccess', context, {})
    } else {
      context.lastLoginFailedUser = { username: answer.userName, identifier: answer.userName, tenantDomain: facts.tenantDomain, userStoreDomain: 'PRIMARY' }
      call(handlers, 'onFail', context, {})
    }
  })
})
give('prompt', (template, data, handlers) => add(() => {
  const { parameters } = ask('prompt', { template, data: isMap(data) ? data : {} })
  answered = { ...answered, ...parameters }
  call(handlers, 'onSuccess', context, parameters)
}))
give('fail', (given) => add(() => ask('fail', isMap(given) ? given : {})))
give('sendError', (url, given) => add(() => ask('sendError', { url: url === undefined ? null : url, parameters: isMap(given) ? given : {} })))
give('selectAcrFrom', (given, list) => {
  const wanted = (isMap(given) && given.requestedAcr) || facts.requestedAcr
  const found = list.find((acr) => wanted.includes(acr))
  return found === undefined ? null : found
})
const log = (level) => (...given) => { ask('log', { level, text: given.map((one) => typeof one === 'string' ? one : isMap(one) || Array.isArray(one) ? stringify(one) : String(one)).join(' ') }) }
give('Log', { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') })
give('secrets', facts.secrets)

const loaded = {}
give('require', (name) => {
  const key = Object.hasOwn(facts.libraries, name) ? name : String(name).replace(/\\.js$/, '')
  if (!Object.hasOwn(facts.libraries, key)) throw new Error('there is no library named ' + name)
  if (loaded[key]) return loaded[key].exports
  const module = loaded[key] = { exports: {} }
  new Function('module', 'exports', 'require', facts.libraries[key])(module, module.exports, globalThis.require)
  return module.exports
})
`

const RUN = `
return (entry) => {
  let agenda = []
  const collect = (work) => {
    added = []
    work()
    agenda = [...added, ...agenda]
  }
  collect(() => entry(context))
  while (agenda.length > 0) {
    const [node, ...rest] = agenda
    agenda = rest
    collect(node)
  }
  const subject = context.currentKnownSubject
  ask('finished', { selectedAcr: typeof context.selectedAcr === 'string' ? context.selectedAcr : null, claims: subject ? said[subject.uniqueId] || {} : {} })
}
`

const prelude = (run: string) => `((host, factsText) => {
'use strict'
${CORE}
${HOST_GROUPS.map(({ prelude: functions }) => functions).join('\n')}
${run}
})`

export const PRELUDE = prelude(RUN)

/** The script is evaluated, and its entry is not called. */
export const CHECK_PRELUDE = prelude('return () => undefined')
