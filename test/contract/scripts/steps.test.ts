/** What `executeStep` and its callbacks do to a real sign-in. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { codeFrom } from '../../fixture/factor_house.ts'
import { openScriptHouse, type ScriptHouse } from '../../fixture/script_house.ts'
import { authorizePath } from '../../fixture/sign_in_house.ts'

let house: ScriptHouse

beforeEach(async () => {
  house = await openScriptHouse()
})

afterEach(() => house.close())

test('a script that asks for one step lets a person on with it, and says so in the audit record', async () => {
  await house.setScript('var onLoginRequest = function (context) { executeStep(1); };')

  const back = await house.begin(house.jar())

  expect(codeFrom(back)).toBeTruthy()
  expect(await house.endings()).toMatchObject([
    {
      outcome: 'let on',
      because: ['step 1 was passed with BasicAuthenticator', 'the script asked for nothing more'],
      event: { userId: house.jo.id, clientId: 'desk' },
    },
  ])
})

test('whoever holds the role meets the second step, and nobody else does', async () => {
  await house.setScript(`
    var rolesToStepUp = ['admin', 'manager'];
    var onLoginRequest = function (context) {
      executeStep(1, {
        onSuccess: function (context) {
          var user = context.currentKnownSubject;
          var hasRole = hasAnyOfTheRolesV2(context, rolesToStepUp);
          if (hasRole) {
            Log.info(user.username + ' Has one of Roles: ' + rolesToStepUp.toString());
            executeStep(2);
          }
        }
      });
    };`)
  const role = await house.stores().roles.save({ id: 'rol_managers1', name: 'manager', permissions: [], version: 0 }, {})
  await house.addUser('alex', 'a long walk by the sea 7', { roles: [role.id] })
  const alex = await house.stores().users.findByName('alex')
  const totp = await house.addTotp(alex)
  const jar = house.jar()

  const without = await house.begin(house.jar())
  const asked = await jar.submit(await house.authorize(jar), { username: 'alex', password: 'a long walk by the sea 7' })
  const back = await jar.submit(asked, { otp: totp.code() })

  expect(codeFrom(without)).toBeTruthy()
  expect(asked.url.pathname).toBe('/t/main/mfa')
  expect(codeFrom(back)).toBeTruthy()
  expect((await house.endings()).at(-1)?.because).toEqual([
    'step 1 was passed with BasicAuthenticator',
    'holds one of the roles "admin", "manager"',
    'step 2 was passed with totp',
    'the script asked for nothing more',
  ])
  expect(house.logs.filter(({ message }) => message === 'script').map(({ fields }) => fields.text)).toEqual([
    'alex Has one of Roles: admin,manager',
  ])
})

test('who is signed in already is asked only for what the script asks beyond that', async () => {
  await house.setScript('var onLoginRequest = function (context) { executeStep(1); };')
  const totp = await house.addTotp()
  const jar = house.jar()
  await house.begin(jar)
  await house.setScript('var onLoginRequest = function (context) { executeStep(1, { onSuccess: function () { executeStep(2); } }); };')

  const asked = await house.authorize(jar)
  const silent = await jar.get(authorizePath({ prompt: 'none' }))
  const back = await jar.submit(asked, { otp: totp.code() })

  expect(asked.url.pathname).toBe('/t/main/mfa')
  expect(silent.url.searchParams.get('error')).toBe('login_required')
  expect(codeFrom(back)).toBeTruthy()
})

test('options narrow a step, and who has none of its factors enrols one, after proving what they have', async () => {
  await house.setScript(`var onLoginRequest = function (context) {
    executeStep(1);
    executeStep(2, { authenticationOptions: [{ authenticator: 'email-otp-authenticator' }] }, {});
  };`)
  const totp = await house.addTotp()
  const jar = house.jar()

  const first = await house.begin(jar)
  const asked = await jar.submit(first, { otp: totp.code() })

  expect(first.url.pathname).toBe('/t/main/mfa')
  expect(asked.url.pathname).toBe('/t/main/mfa/enrol')
  expect(asked.body).toContain('email_otp')
  expect(asked.body).not.toContain('value="totp"')
})

test('forceAuth asks again for what was proven before, and only once', async () => {
  await house.setScript('var onLoginRequest = function (context) { executeStep(1); };')
  const jar = house.jar()
  await house.begin(jar)
  await house.setScript(`var onLoginRequest = function (context) { executeStep(1, { stepOptions: { forceAuth: 'true' } }, {}); };`)
  house.pass(60)

  const asked = await house.authorize(jar)
  const back = await jar.submit(asked, { username: 'jo', password: 'a long walk by the sea 7' })

  expect(asked.url.pathname).toBe('/t/main/login')
  expect(codeFrom(back)).toBeTruthy()
})

test('fail goes back to the application with its code, its message and its page', async () => {
  await house.setScript(`var onLoginRequest = function (context) {
    executeStep(1, { onSuccess: function () {
      fail({ errorCode: 'access_denied', errorMessage: 'login could not be completed', errorURI: 'https://www.example.com/error' });
    } });
  };`)

  const back = await house.begin(house.jar())

  expect(Object.fromEntries(back.url.searchParams)).toMatchObject({
    error: 'access_denied',
    error_description: 'login could not be completed',
    error_uri: 'https://www.example.com/error',
    state: 'the-state',
  })
  expect((await house.endings()).at(-1)).toMatchObject({ outcome: 'refused' })
})

test('sendError shows what the script says, as text, and the sign-in is over', async () => {
  await house.setScript(`var onLoginRequest = function (context) {
    executeStep(1, { onSuccess: function () { sendError(null, { status: '403', statusMsg: 'Not <b>today</b>' }); } });
  };`)
  const jar = house.jar()

  const shown = await house.begin(jar)

  expect(shown).toMatchObject({ status: 403 })
  expect(shown.body).toContain('Not &lt;b&gt;today&lt;/b&gt;')
  expect((await house.authorize(jar)).url.pathname).toBe('/t/main/login')
})

test('from the page of sendError the person goes back to the application, which hears that nobody signed in', async () => {
  await house.setScript(`var onLoginRequest = function (context) { executeStep(1, { onSuccess: function () { sendError(null, {}); } }); };`)
  const jar = house.jar()
  const shown = await house.begin(jar)

  const forged = await jar.submit(shown, { csrf: 'not ours' })
  const back = await jar.submit(shown, {})
  const again = await jar.submit(shown, {})

  expect(forged.status).toBe(403)
  expect(Object.fromEntries(back.url.searchParams)).toMatchObject({ error: 'access_denied', state: 'the-state' })
  expect(again.status).toBe(410)
  expect((await house.authorize(jar)).url.pathname).toBe('/t/main/login')
})

test('a box that must be ticked says so, and what was ticked stays ticked', async () => {
  await house.setScript(`var onLoginRequest = function (context) {
    executeStep(1, { onSuccess: function () {
      prompt('genericForm', { inputs: [{ id: 'terms', label: 'I agree', type: 'checkbox' }, { id: 'news', label: 'Write to me', type: 'checkbox', optional: true }] }, {
        onSuccess: function (context) { Log.info(context.request.params.terms[0] + ' ' + context.request.params.news[0]); }
      });
    } });
  };`)
  const jar = house.jar()
  const shown = await house.begin(jar)

  const wrong = await jar.submit(shown, { news: 'yes' })
  const back = await jar.submit(wrong, { terms: 'yes', news: 'yes' })

  expect(wrong.status).toBe(422)
  expect(wrong.body).toMatch(/<input type="checkbox" id="field-terms"[^>]* aria-invalid="true" aria-describedby="field-terms-problem"/)
  expect(wrong.body).toMatch(/id="field-terms-problem"[\s\S]*Please fill this in/)
  expect(wrong.body).toMatch(/<input type="checkbox" id="field-news"[^>]* checked/)
  expect(codeFrom(back)).toBeTruthy()
  expect(house.logs.filter(({ message }) => message === 'script').at(-1)?.fields).toMatchObject({ text: 'yes yes' })
})

test('onFail hears of a wrong password, with what was typed and nothing of the person', async () => {
  await house.setScript(`
    var tries = 0;
    var doLogin = function (context) {
      executeStep(1, {
        onFail: function (context) {
          tries++;
          Log.info('tried as ' + context.lastLoginFailedUser.username + ' ' + typeof context.lastLoginFailedUser.uniqueId);
          if (tries === 2) { sendError(null, { statusMsg: 'Come back tomorrow' }); } else { doLogin(context); }
        }
      });
    };
    var onLoginRequest = function (context) { doLogin(context); };`)
  const jar = house.jar()
  const wrong = { username: 'nobody', password: 'not it' }

  const again = await jar.submit(await house.authorize(jar), wrong)
  const over = await jar.submit(again, wrong)

  expect(again).toMatchObject({ status: 400 })
  expect(again.url.pathname).toBe('/t/main/login')
  expect(over.body).toContain('Come back tomorrow')
  expect(house.logs.filter(({ message }) => message === 'script').map(({ fields }) => fields.text)).toEqual([
    'tried as nobody undefined',
    'tried as nobody undefined',
  ])
})

test('a form of the script is filled in, and its answers are there in the callback', async () => {
  await house.setScript(`var onLoginRequest = function (context) {
    executeStep(1, { onSuccess: function (context) {
      var username = context.steps[1].subject.username;
      prompt('genericForm', { username: username, inputs: [{ id: 'fname', label: 'First Name' }, { id: 'lname', label: 'Last <i>Name</i>' }] }, {
        onSuccess: function (context) {
          if (context.request.params.fname[0] + ' ' + context.request.params.lname[0] !== 'Given Family') fail();
        }
      });
    } });
  };`)
  const jar = house.jar()

  const form = await house.begin(jar)
  const missing = await jar.submit(form, { fname: 'Given' })
  const back = await jar.submit(missing, { fname: 'Given', lname: 'Family' })

  expect(form.url.pathname).toBe('/t/main/prompt')
  expect(form.body).toContain('Last &lt;i&gt;Name&lt;/i&gt;')
  expect(missing.status).toBe(422)
  expect(missing.body).toContain('value="Given"')
  expect(codeFrom(back)).toBeTruthy()
})

test('the time and the dice are the same before and after a redirect', async () => {
  await house.setScript(`var onLoginRequest = function (context) {
    executeStep(1, { onSuccess: function (context) {
      var before = new Date().getTime() + ' ' + Math.random();
      hasRole(context.currentKnownSubject, 'x');
      prompt('genericForm', { inputs: [] }, { onSuccess: function () {
        Log.info(before + ' and ' + (new Date().getTime() > Number(before.split(' ')[0])));
      } });
    } });
  };`)
  const jar = house.jar()
  const form = await house.begin(jar)
  house.pass(30)

  await jar.submit(form, {})
  const said = house.logs.filter(({ message }) => message === 'script').map(({ fields }) => String(fields.text))

  expect(said).toHaveLength(1)
  expect(said[0]).toMatch(/^17\d{11} 0\.\d+ and true$/)
})
