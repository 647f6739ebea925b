/** What a script may ask of the house, group by group. */

import { NOT_HERE } from '@gatehouse/policy/script/host/tools.ts'
import type { EgressResponse } from '@gatehouse/ports/egress.ts'
import type { Mail } from '@gatehouse/ports/mailer.ts'
import { tellScriptMail } from '@gatehouse/relay/script_mail.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { changed } from '../../fixture/changed.ts'
import { codeFrom } from '../../fixture/factor_house.ts'
import { openScriptHouse, type ScriptHouse } from '../../fixture/script_house.ts'

let house: ScriptHouse

beforeEach(async () => {
  house = await openScriptHouse()
})

afterEach(() => house.close())

const after1 = (work: string) =>
  `var onLoginRequest = function (context) { executeStep(1, { onSuccess: function (context) { var user = context.currentKnownSubject; ${work} } }); };`
const said = () => house.logs.filter(({ message }) => message === 'script').map(({ fields }) => fields.text)
const jo = async () => {
  const found = await house.stores().users.find(house.jo.id, { consistent: true })
  if (!found) throw new Error('jo is gone')
  return found
}

test('roles and groups are read by name, given and taken', async () => {
  await house.stores().roles.save({ id: 'rol_guest00001', name: 'guest', permissions: [], version: 0 }, {})
  await house.setScript(
    after1(`
      Log.info([hasRole(user, 'guest'), assignUserRoles(user, ['guest']), hasRole(user, 'guest'), user.roles, isAnyOfTheRolesAssignedToUser(user, ['x', 'guest'])].join());
      Log.info([assignUserRoles(user, ['no such role']), removeUserRolesV2(context, ['guest']), hasAnyOfTheRoles(user, ['guest']), isMemberOfAnyOfGroups(user, ['g'])].join());`),
  )

  await house.begin(house.jar())

  expect(said()).toEqual(['false,true,true,guest,true', 'false,true,false,false'])
  expect((await jo()).roles).toEqual([])
})

test('a claim that is written is kept, as the person’s own or as an attribute; an address is not written', async () => {
  const claim = (name: string) => `user.localClaims['http://wso2.org/claims/${name}']`
  await house.setScript(
    after1(`
      ${claim('givenname')} = 'Josephine'; ${claim('country')} = 'LK';
      Log.info([${claim('givenname')}, ${claim('country')}, ${claim('emailaddress')}, ${claim('nothing')}, user.uniqueId === ${claim('userid')}].join());
      user.claims['http://wso2.org/claims/nickname'] = 'J'; Log.info(user.claims['http://wso2.org/claims/nickname'] + ' ' + ${claim('nickname')});`),
  )

  const back = await house.begin(house.jar())
  await house.setScript(after1(`${claim('emailaddress')} = 'thief@example.org';`))
  await house.begin(house.jar())

  expect(codeFrom(back)).toBeTruthy()
  expect(said()).toEqual(['Josephine,LK,jo@example.org,,true', 'J null'])
  expect(await jo()).toMatchObject({ name: { givenName: 'Josephine' }, attributes: { country: 'LK' } })
  expect((await jo()).emails[0]?.value).toBe('jo@example.org')
  expect((await house.endings()).at(-1)).toMatchObject({ outcome: 'failed' })
})

test('a cookie is this host’s, under a name of its own; a signed one that was changed is none', async () => {
  await house.setScript(
    after1(`
      Log.info([getCookieValue(context.request, 'plain'), getCookieValue(context.request, 'safe', { validateSignature: true })].join());
      setCookie(context.response, 'plain', 'a b;c', { 'max-age': 100, path: '/', domain: 'example.org', httpOnly: false });
      setCookie(context.response, 'safe', 'mine', { sign: true, encrypt: true, sameSite: 'STRICT' });`),
  )
  const jar = house.jar()
  const login = await house.authorize(jar)
  const { headers } = await house.fetch(login.url.href, { method: 'GET' })
  await jar.submit(login, { username: 'jo', password: 'a long walk by the sea 7' })
  await house.begin(jar, { prompt: 'login' })
  const safe = jar.cookies.get('gatehouse.main.script.safe')
  if (!safe) throw new Error('no cookie')
  jar.cookies.set('gatehouse.main.script.safe', { ...safe, value: changed(safe.value) })
  await house.begin(jar, { prompt: 'login' })

  expect(headers.getSetCookie().join()).not.toContain('script')
  expect(said()).toEqual([',', 'a b;c,mine', 'a b;c,'])
  expect(safe.value).not.toContain('mine')
  expect(safe.path).toBe('/t/main')
})

test('sessions are seen and ended', async () => {
  await house.setScript(after1('Log.info(getUserSessions(user).length);'))
  await house.begin(house.jar())
  await house.begin(house.jar())
  await house.setScript(
    after1(`
      var sessions = getUserSessions(user);
      Log.info([sessions.length, sessions[0].applications[0].appName, typeof sessions[0].loginTime, isWithinSessionLimit(context, { MaxSessionCount: '2' })].join());
      Log.info([terminateUserSession(user, sessions[0].id), terminateUserSession(user, sessions[1]), terminateUserSession(user, 'ses_nothing00'), getUserSessions(user).length].join());`),
  )
  await house.begin(house.jar())

  expect(said()).toEqual(['0', '1', '2,Application desk,number,false', 'true,true,false,0'])
  expect(await house.stores().sessions.list(house.jo.id)).toHaveLength(1)
})

test('a mail goes to the person’s proven address, once, in the tenant’s words', async () => {
  await house.setPolicy({ scripting: { mails: { hello: { subject: 'Hello {{name}}', text: 'You are {{name}}.\n\nBye.' } } } })
  await house.setScript(
    after1(`Log.info([sendEmail(user, 'hello', { name: 'Jo <b>' }), sendEmail(user, 'no such mail', {})].join()); executeStep(2);`),
  )
  const totp = await house.addTotp()
  const unproven = await house.begin(house.jar())
  const before = await jo()
  await house
    .stores()
    .users.update(before, { ...before, emails: [{ value: 'jo@example.org', primary: true, verified: true }] }, 'user.updated', {})
  const jar = house.jar()
  const asked = await house.begin(jar)
  await jar.submit(asked, { otp: totp.code() })

  const [event, ...more] = await house.events('script.mail_asked')
  const mails: Mail[] = []
  const { ports } = house.house
  const relay = { ...house.house, ports: { ...ports, mailer: { send: async (mail: Mail) => void mails.push(mail) } } }
  if (!event) throw new Error('no mail was asked for')
  await tellScriptMail(await house.context(), event, relay as never)

  expect(unproven.url.pathname).toBe('/t/main/mfa')
  expect(said()).toEqual(['false,false', 'true,false'])
  expect(more).toEqual([])
  expect(JSON.stringify(event.data)).not.toContain('Jo <b>')
  expect(mails).toMatchObject([{ to: 'jo@example.org', subject: 'Hello Jo <b>' }])
  expect(mails[0]?.html).toContain('You are Jo &lt;b&gt;.')
})

test('people are found by user name and by proven address', async () => {
  const mia = await house.addUser('mia', 'x', { emails: [{ value: 'mia@example.org', primary: true, verified: true }] })
  await house.stores().verifiedEmails.claim('mia@example.org', { kind: 'user', userId: mia.id })
  await house.setScript(
    after1(`
      var by = function (claim, value) { var map = {}; map['http://wso2.org/claims/' + claim] = value; var found = getUniqueUserWithClaimValues(map, context); return found ? found.username : null; };
      Log.info([by('username', 'mia'), by('emailaddress', 'mia@example.org'), by('emailaddress', 'jo@example.org'), by('username', 'nobody'), resolveMultiAttributeLoginIdentifier('mia@example.org', 'main')].join());`),
  )

  await house.begin(house.jar())

  expect(said()).toEqual(['mia,mia,,,mia'])
})

test('requests to the outside carry what the script says, and their answers come to its handlers', async () => {
  await house.setScripting({ allowedHosts: ['api.example'] })
  await house.setScript(
    after1(`
      httpGet('https://api.example/a?b=1', { Accept: 'text/plain' }, { type: 'basicauth', properties: { username: 'u', password: 'p' } }, { onSuccess: function (context, data) {
        Log.info('get ' + data);
        httpPost('https://api.example/c', { x: 1 }, { 'Content-Type': 'application/x-www-form-urlencoded' }, { type: 'clientcredential', properties: { consumerKey: 'k', consumerSecret: 's', tokenEndpoint: 'https://api.example/token' } }, {
          onSuccess: function () { fail(); },
          onFail: function (context, data) { Log.info('post ' + data.status + ' ' + data.data.why); }
        });
      } });`),
  )
  house.answer(
    ({ url }): EgressResponse =>
      url.endsWith('/token')
        ? { status: 200, headers: {}, body: '{"access_token":"t"}' }
        : url.includes('/a?')
          ? { status: 200, headers: { 'content-type': 'text/plain' }, body: 'fine' }
          : { status: 418, headers: { 'content-type': 'application/json' }, body: '{"why":"teapot"}' },
  )

  const back = await house.begin(house.jar())

  expect(codeFrom(back)).toBeTruthy()
  expect(said()).toEqual(['get fine', 'post 418 teapot'])
  expect(house.sent).toMatchObject([
    {
      method: 'GET',
      url: 'https://api.example/a?b=1',
      headers: { accept: 'text/plain', authorization: `Basic ${Buffer.from('u:p').toString('base64')}` },
    },
    { method: 'POST', url: 'https://api.example/token', body: 'grant_type=client_credentials' },
    {
      method: 'POST',
      url: 'https://api.example/c',
      body: 'x=1',
      headers: { authorization: 'Bearer t', 'idempotency-key': expect.any(String) },
    },
  ])
})

test('a library is required by name, with or without .js, and once', async () => {
  await house.setPolicy({
    scripting: {
      libraries: { greetings: 'var count = 0; module.exports.hello = function (name) { count++; return "hello " + name + count; };' },
    },
  })
  await house.setScript(`var lib = require('greetings.js'); ${after1("Log.info(lib.hello('jo') + require('greetings').hello('jo'));")}`)

  await house.begin(house.jar())

  expect(said()).toEqual(['hello jo1hello jo2'])
})

test('small tools do what WSO2’s do', async () => {
  const jwt = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"state":"s","n":{"a":1}}').toString('base64url')}.`
  await house.setScript(
    after1(`
      Log.info([getValueFromDecodedAssertion('${jwt}', 'state', true), getValueFromDecodedAssertion('${jwt}', 'alg', false), getValueFromDecodedAssertion('${jwt}', 'n', true), getValueFromDecodedAssertion('x', 'n', true)].join());
      Log.info(getMaskedValue('jo@example.org') + getMaskedValue('ab'));
      Log.info(filterAuthenticators(context.steps[2].options, 'totp').map(function (o) { return o.authenticator }).join());
      Log.info([context.serviceProviderName, context.tenantDomain, context.steps[1].idp, context.steps[1].authenticator, context.steps[9], user.userStoreDomain, context.request.params.scope[0], context.request.params.nothing].join());`),
  )

  await house.begin(house.jar())

  expect(said()).toEqual([
    's,none,{"a":1},',
    'j************g**',
    'email-otp-authenticator,backup-code-authenticator',
    'Application desk,main,LOCAL,BasicAuthenticator,,PRIMARY,openid email,',
  ])
})

test.each(NOT_HERE)('%s says that it has no meaning here', async (name) => {
  await house.setScript(after1(`${name}(user, {}, {});`))

  await house.begin(house.jar())

  expect((await house.endings()).at(-1)?.because.at(-1)).toBe(
    `the script failed: ${name} has no meaning here; docs/adaptive.md says what to do instead`,
  )
})

test('somebody who comes back from elsewhere brings an answer, and only they do', async () => {
  await house.setScripting({ allowedHosts: ['idp.example'] })
  await house.setScript(
    after1(
      `prompt('externalRedirect', { redirectURL: 'https://idp.example/check?a=1' }, { onSuccess: function (context) { Log.info(context.request.params.result[0]); } });`,
    ),
  )
  const jar = house.jar()
  const sent = await house.begin(jar)
  const callback = new URL(sent.url.searchParams.get('callback') ?? '')
  const forged = new URL(callback)
  forged.searchParams.set('state', 'forged')

  const refused = await jar.get(`${forged.pathname}${forged.search}&result=forged`)
  const back = await jar.get(`${callback.pathname}${callback.search}&result=fine`)

  expect(sent.url.origin).toBe('https://idp.example')
  expect(refused.status).toBe(403)
  expect(codeFrom(back)).toBeTruthy()
  expect(said()).toEqual(['fine'])
})

test('a wait that polls goes on when what is waited for is there: the house asks, at an allowed host, and the page asks the house', async () => {
  await house.setScripting({ allowedHosts: ['jobs.example.com'] })
  await house.setScript(
    after1(`prompt('internalWait', { waitingType: 'POLLING', waitingConfigs: {
      greeting: 'Just <b>so</b>', message: 'We look something up', timeout: '15', pollingInterval: '3',
      pollingEndpoint: 'https://jobs.example.com/status?kind=check', requestData: 'contextId=1234'
    } }, { onSuccess: function () { Log.info('there'); } });`),
  )
  let status = 'PENDING'
  house.answer(() => ({ status: 200, headers: {}, body: JSON.stringify({ status }) }))
  const jar = house.jar()
  const shown = await house.begin(jar)
  const attribute = (name: string) => new RegExp(`data-${name}="([^"]+)"`).exec(shown.body)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const poll = async () => JSON.parse((await jar.get(attribute('poll'))).body)

  expect([attribute('seconds'), attribute('every')]).toEqual(['15', '3'])
  expect(shown.body).toContain('Just &lt;b&gt;so&lt;/b&gt;')
  expect(shown.headers.get('content-security-policy')).not.toContain('jobs.example.com')
  expect(await poll()).toEqual({ there: false })
  status = 'COMPLETED'
  expect(await poll()).toEqual({ there: true })
  expect(house.sent.map(({ url, method }) => `${method} ${url}`)).toEqual(
    Array.from({ length: 2 }, () => 'GET https://jobs.example.com/status?kind=check&contextId=1234'),
  )
  expect(codeFrom(await jar.get(attribute('onward')))).toBeTruthy()
  expect(said()).toEqual(['there'])
})

test('a poll goes to no other host, for nobody else, and not without end', async () => {
  const script = (host: string) =>
    after1(`prompt('internalWait', { waitingType: 'POLLING', waitingConfigs: {
      pollingEndpoint: 'https://${host}/status', requestMethod: 'POST', requestData: { id: '7' }
    } }, {});`)
  await house.setScripting({ allowedHosts: ['jobs.example.com'] })
  await house.setScript(script('169.254.169.254'))
  expect(codeFrom(await house.begin(house.jar()))).toBeNull()
  expect((await house.endings()).at(-1)?.outcome).toBe('failed')

  await house.setScript(script('jobs.example.com'))
  house.answer(() => ({ status: 302, headers: { location: 'http://127.0.0.1/' }, body: '{"status":"COMPLETED"}' }))
  const jar = house.jar()
  const shown = await house.begin(jar)
  const path = /data-poll="([^"]+)"/.exec(shown.body)?.[1]?.replaceAll('&amp;', '&') ?? ''
  expect(JSON.parse((await jar.get(path)).body)).toEqual({ there: false })
  expect((await house.jar().get(path)).status).toBe(410)
  expect(house.sent[0]).toMatchObject({ method: 'POST', body: 'id=7' })
  for (let n = 0; n < 70; n++) await jar.get(path)

  expect(house.sent).toHaveLength(60)
})

test('roles by WSO2’s names stand in a domain, and lead no further than without', async () => {
  await house.stores().roles.save({ id: 'rol_clerks0001', name: 'clerk', permissions: [], version: 0 }, {})
  await house.stores().roles.save({ id: 'rol_admins0001', name: 'boss', permissions: ['users:write'], version: 0 }, {})
  await house.setScript(
    after1(`Log.info(assignUserRolesV2(context, ['Internal/clerk']) + ' ' + hasAnyOfTheRolesV2(context, ['Application/clerk']));
      assignUserRolesV2(context, ['Internal/boss']);`),
  )

  const shown = await house.begin(house.jar())

  expect(codeFrom(shown)).toBeNull()
  expect(said()).toEqual(['true true'])
  expect((await house.stores().users.find(house.jo.id, { consistent: true }))?.roles).toEqual(['rol_clerks0001'])
})

test('WSO2’s role of everybody is everybody’s, unless a role is called so', async () => {
  await house.setScript(after1(`Log.info(hasRole(context.currentKnownSubject, 'Internal/everyone'));`))

  await house.begin(house.jar())
  await house.stores().roles.save({ id: 'rol_every00001', name: 'everyone', permissions: [], version: 0 }, {})
  await house.begin(house.jar())

  expect(said()).toEqual(['true', 'false'])
})

test('a wait goes on by itself', async () => {
  await house.setScript(
    after1(
      `prompt('internalWait', { waitingType: 'FIXED_DELAY', waitingDuration: 3 }, { onSuccess: function () { Log.info('waited'); } });`,
    ),
  )
  const jar = house.jar()
  const shown = await house.begin(jar)
  const href = /data-onward="([^"]+)" data-seconds="3"/.exec(shown.body)?.[1]?.replaceAll('&amp;', '&') ?? ''

  const back = await jar.get(href)

  expect(codeFrom(back)).toBeTruthy()
  expect(said()).toEqual(['waited'])
})
