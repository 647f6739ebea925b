/** What a hostile or careless script may do: to its own sign-in anything, to anybody else nothing. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { codeFrom } from '../fixture/factor_house.ts'
import { openScriptHouse, type ScriptHouse } from '../fixture/script_house.ts'

let house: ScriptHouse

beforeEach(async () => {
  house = await openScriptHouse()
})

afterEach(() => house.close())

const after1 = (work: string) =>
  `var onLoginRequest = function (context) { executeStep(1, { onSuccess: function (context) { ${work} } }); };`

test.each([
  ['a constructor', `(function () {}).constructor('return typeof process + typeof require("fs") + typeof globalThis.fetch')()`],
  ['the constructor of what the host gives', `Log.info.constructor('return typeof process')()`],
  [
    'the constructor of a caught error',
    `(function () { try { hasRole(null, 'x'); } catch (e) { return e.constructor.constructor('return typeof process')() } })()`,
  ],
  ['an async function', `typeof (async function () {}).constructor('return typeof process')`],
  ['the modules of QuickJS', `typeof std + typeof os + typeof scriptArgs + typeof print + typeof console`],
  ['what runs WebAssembly', `typeof WebAssembly + typeof Atomics.wait + typeof Module`],
  ['a prototype of the host', `(function () { ({}).__proto__.polluted = 'yes'; return '' })()`],
])('%s leads to nothing of the house', async (_, expression) => {
  await house.setScript(after1(`var found; try { found = String(${expression}) } catch (e) { found = 'threw' } Log.info(found)`))

  const back = await house.begin(house.jar())
  const said = house.logs.filter(({ message }) => message === 'script').map(({ fields }) => String(fields.text))

  expect(codeFrom(back)).toBeTruthy()
  expect(said).toHaveLength(1)
  expect(said[0]).not.toMatch(/object|number/)
  expect(said[0]?.replace(/undefined|function|threw/g, '')).toBe('')
  expect('polluted' in {}).toBe(false)
})

test.each([
  // By steps; on a busy machine its time may be over first.
  ['an endless loop', 'while (true) {}', 'the script takes too'],
  ['an endless loop that catches', 'for (;;) { try { for (;;) {} } catch (e) {} }', 'the script takes too'],
  [
    'an endless chain of callbacks',
    'var again = function () { prompt; var a = [1, 2]; a.sort(); return again2(); }; var again2 = function () { return again(); }; again();',
    'too deeply',
  ],
  ['recursion without an end', 'var f = function () { return f() + 1; }; f();', 'too deeply'],
  ['recursion inside the engine', 'var a = []; for (var i = 0; i < 100000; i++) { a = [a]; } JSON.stringify(a);', 'too deeply'],
  ['a growing text', 'var s = "x"; while (true) { s += s; }', 'too much memory'],
  ['a text too long at once', '"x".repeat(1e9);', 'too much memory'],
  ['a growing list', 'var all = []; while (true) { all.push(new Array(1000).fill(1)); }', 'too'],
  [
    'a list that is sorted for ever',
    'var a = []; for (var i = 0; i < 100000; i++) { a.push((i * 7919) % 100003); } for (;;) { a.sort(); }',
    'too long',
  ],
  ['a regular expression that never ends', '/(a+)+$/.test("a".repeat(60) + "b");', 'the script takes too'],
  ['a flood of questions', 'for (var i = 0; i < 1000; i++) { Log.info("x"); }', 'more than 150 things'],
  [
    'a flood of words',
    'for (var i = 0; i < 140; i++) { hasRole(context.currentKnownSubject, "x".repeat(17000)); }',
    'at most 16384 characters',
  ],
  ['a throw of something odd', 'throw { get message() { while (true) {} } };', 'the script takes too'],
])('%s costs its own sign-in, and no other', async (_, work, why) => {
  await house.setScript(after1(work))
  await house.addApplication('quiet', { gatehouse_skip_consent: true })

  const shown = await house.begin(house.jar())
  const other = await house.begin(house.jar(), { client_id: 'quiet' })

  expect(shown).toMatchObject({ status: 500 })
  expect(shown.url.pathname).toBe('/t/main/prompt')
  expect(shown.body).toContain('the sign-in script of Application desk failed')
  expect((await house.endings()).at(-1)).toMatchObject({
    outcome: 'failed',
    because: expect.arrayContaining([expect.stringContaining(why)]),
  })
  expect(codeFrom(other)).toBeTruthy()
})

test.each([
  ['throws in a callback', after1('null.x;'), 'line 1'],
  ['asks for a step that there is not', after1('executeStep(7);'), 'there is no step 7'],
  [
    'asks for a factor that the step has not',
    after1(`executeStep(2, { authenticationOptions: [{ authenticator: 'BasicAuthenticator' }] }, {});`),
    'none of the options',
  ],
  ['has no entry', 'var onLoginRequested = 1;', 'no function onLoginRequest'],
  ['does not parse', 'var onLoginRequest = function (context) {\n  executeStep(1;\n};', 'line 2'],
  ['shows a form that there is not', after1(`prompt('noSuchForm', {}, {});`), 'no form named noSuchForm'],
  [
    'asks for our own fields',
    after1(`prompt('genericForm', { inputs: [{ id: 'password', label: 'Password' }] }, {});`),
    'no name for a field',
  ],
  ['sends people away', after1(`prompt('externalRedirect', { url: 'https://evil.example/' }, {});`), 'none of the allowed hosts'],
])('a script that %s lets nobody in, and the record says why', async (_, script, why) => {
  await house.setScript(script)
  const jar = house.jar()

  const shown = await house.begin(jar)

  expect(codeFrom(shown)).toBe(null)
  expect((await house.endings()).at(-1)?.because.at(-1)).toContain(why)
})

test('a script sees neither our cookies nor what proves who asks', async () => {
  await house.setScript(
    after1(`Log.info([context.request.cookies['gatehouse.main.session'], context.request.headers['cookie'], context.request.headers['Authorization'],
      context.request.headers['x-gatehouse-door'], context.request.params.password, context.request.params.csrf].map(function (x) { return x === null || x === undefined }).join())`),
  )
  const jar = house.jar()
  await house.begin(jar)

  await jar.get((await house.authorize(jar)).url.pathname)

  expect(house.logs.find(({ message }) => message === 'script')?.fields.text).toBe('true,true,true,true,true,true')
})

test('what a script hands over is text on our pages, in every place', async () => {
  const evil = '"><script>alert(1)</script>'
  await house.setScript(
    after1(`prompt('genericForm', { title: '${evil}', text: '${evil}', inputs: [{ id: 'a', label: '${evil}', type: '${evil}' }] }, {});`),
  )

  const shown = await house.begin(house.jar())

  expect(shown.status).toBe(200)
  expect(shown.body).not.toContain('<script>alert')
})

test('a person is sent only where the tenant allows it, or to the application', async () => {
  await house.setScript(after1(`sendError('https://evil.example/?a=1', { statusMsg: 'Go away' });`))
  const kept = await house.begin(house.jar())
  await house.setScript(after1(`sendError('http://localhost:8080/error', { statusMsg: 'Go away' });`))
  const sent = await house.begin(house.jar())

  expect(kept.url.pathname).toBe('/t/main/prompt')
  expect(kept.body).toContain('Go away')
  expect(sent.url.href).toBe('http://localhost:8080/error?statusMsg=Go+away')
})

test('a script gives nobody a role that administers', async () => {
  await house.stores().roles.save({ id: 'rol_helpdesk01', name: 'helpdesk', permissions: ['users:write'], version: 0 }, {})
  await house.setScript(after1(`assignUserRoles(context.currentKnownSubject, ['helpdesk']);`))

  await house.begin(house.jar())

  expect((await house.endings()).at(-1)).toMatchObject({ outcome: 'failed' })
  expect((await house.stores().users.find(house.jo.id))?.roles).toEqual([])
})
