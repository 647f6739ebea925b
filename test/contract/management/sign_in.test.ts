/** How people sign in, by the management API: policies are checked, tried before they are applied, and followed; a lost factor is removed. */
import { ACR_MULTI_FACTOR, ACR_PASSWORD } from '@gatehouse/core/authentication_context.ts'
import { addCredential, newCredential } from '@gatehouse/identity/credentials.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Body, type ManagementHouse, openManagementHouse } from './management_house.ts'

const SECOND = { anyOf: ['totp', 'email_otp'], ifNotEnrolled: 'enrol' }
const settings = (signIn: unknown) => ({ display_name: 'Main', policies: { signIn } })

let house: ManagementHouse
let admin: string

beforeEach(async () => {
  house = await openManagementHouse()
  admin = await house.administratorToken()
  await house.addPerson('jo', [])
})

afterEach(() => house.close())

describe('a policy', () => {
  test('is stored with its defaults, answered, and told by the metadata', async () => {
    const levels = [
      { acr: 'low', steps: [['password']] },
      { acr: 'high', steps: [['password'], ['totp']] },
    ]

    const { status, body } = await house.api(admin, 'PUT', '/tenant', settings({ steps: [{ anyOf: ['password'] }, SECOND], levels }))

    expect(status).toBe(200)
    expect((body.policies as Body).signIn).toEqual({
      steps: [
        { anyOf: ['password'], ifNotEnrolled: 'skip', rememberable: false },
        { ...SECOND, rememberable: false },
      ],
      levels,
      rememberBrowserSeconds: 30 * 86_400,
    })
    const metadata = await (await house.fetch('/t/main/.well-known/openid-configuration')).json()
    expect(metadata).toMatchObject({ acr_values_supported: ['low', 'high'] })
  })

  test('that leaves its steps out has those of the house, with certificates where the tenant takes them', async () => {
    const certificates = { names: ['enrolled'], selfSigned: true }
    const policies = { certificates, signIn: { rememberBrowserSeconds: 0 } }

    const { status, body } = await house.api(admin, 'PUT', '/tenant', { display_name: 'Main', policies })

    expect(status).toBe(200)
    const { steps, levels } = (body.policies as Body).signIn as { steps: Body[]; levels: Body[] }
    expect(steps.map(({ anyOf }) => anyOf)).toEqual([
      expect.arrayContaining(['password', 'x509']),
      expect.arrayContaining(['totp', 'x509']),
    ])
    expect(JSON.stringify(levels)).toContain('x509')
  })

  test('says what is wrong with a name', async () => {
    const { body } = await house.api(admin, 'PUT', '/tenant', settings({ scripting: { libraries: { 'a b': 'x' } } }))

    expect(body.errors).toEqual([
      expect.objectContaining({ pointer: '/policies/signIn/scripting/libraries/a b', detail: expect.stringContaining('a letter, then') }),
    ])
  })

  test.each([
    [{ steps: [] }, '/policies/signIn/steps'],
    [{ steps: [SECOND] }, '/policies/signIn/steps/0/anyOf/0'],
    [{ steps: [{ anyOf: ['password', 'password'] }] }, '/policies/signIn/steps/0/anyOf'],
    [{ steps: [{ anyOf: ['password'] }, { anyOf: ['password'] }] }, '/policies/signIn/steps/1/anyOf/0'],
    [{ steps: [{ anyOf: ['password'] }, { anyOf: ['fingerprint'] }] }, '/policies/signIn/steps/1/anyOf/0'],
    [{ steps: [{ anyOf: ['password'] }, { ...SECOND, when: {} }] }, '/policies/signIn/steps/1/when'],
    [{ steps: [{ anyOf: ['password'] }, { ...SECOND, when: { networks: ['10.0.0.0/99'] } }] }, '/policies/signIn/steps/1/when/networks/0'],
    [{ steps: [{ anyOf: ['password'] }, { ...SECOND, when: { moon: 'full' } }] }, '/policies/signIn/steps/1/when/moon'],
    [{ levels: [{ acr: 'a b', steps: [['password']] }] }, '/policies/signIn/levels/0/acr'],
    [{ levels: [{ acr: 'a', steps: [['totp']] }] }, '/policies/signIn/levels/0/steps/0'],
    [{ rememberBrowserSeconds: -1 }, '/policies/signIn/rememberBrowserSeconds'],
    [{ rememberBrowserSeconds: 60 }, '/policies/signIn/rememberBrowserSeconds'],
  ])('%j is refused at %s', async (signIn, pointer) => {
    const { status, body } = await house.api(admin, 'PUT', '/tenant', settings(signIn))

    expect(status).toBe(422)
    expect((body.errors as Body[]).map((error) => error.pointer)).toContain(pointer)
  })

  test('that would keep out whoever applies it is refused to them', async () => {
    await house.addPerson('boss', ['tenant-admin'])
    const boss = await house.signIn('boss')
    const policy = (change: Body) => settings({ steps: [{ anyOf: ['password'] }, { ...SECOND, ...change }] })

    const refused = await house.api(boss, 'PUT', '/tenant', policy({ ifNotEnrolled: 'refuse' }))
    const elsewhere = await house.api(boss, 'PUT', '/tenant', policy({ ifNotEnrolled: 'refuse', when: { networks: ['203.0.113.0/24'] } }))
    const enrolled = await house.api(boss, 'PUT', '/tenant', policy({ ifNotEnrolled: 'enrol' }))

    expect(refused.status).toBe(409)
    expect([elsewhere.status, enrolled.status]).toEqual([200, 200])
  })

  test('of an application stands beside the tenant’s', async () => {
    const application = {
      client_id: 'vault',
      client_name: 'Vault',
      redirect_uris: ['https://vault.example/cb'],
      gatehouse_sign_in: { steps: [{ anyOf: ['password'] }, SECOND] },
    }

    const { status, body } = await house.api(admin, 'PUT', '/applications/vault', application)

    expect(status).toBe(201)
    expect((body.gatehouse_sign_in as Body).steps).toHaveLength(2)
    expect((await dryRun({ client_id: 'vault' })).asks).toHaveLength(2)
    expect((await dryRun({})).asks).toHaveLength(1)
  })
})

describe('a dry run', () => {
  test('says what a person would meet, and what the tokens would say', async () => {
    const jo = await house.stores().users.findByName('jo')
    const here = await house.context()
    await addCredential(here, jo?.id ?? 'usr_nobody', { ...newCredential(here, ''), kind: 'totp', sealedSecret: '', lastStep: 0 })

    expect(await dryRun({})).toMatchObject({
      asks: [
        { ask: 'identify', choices: ['password'] },
        { ask: 'prove', choices: ['totp'] },
      ],
      outcome: 'signed_in',
      acr: ACR_MULTI_FACTOR,
      amr: ['pwd', 'otp', 'mfa'],
    })
    expect(await dryRun({ browser: 'remembered' })).toMatchObject({ asks: [{ ask: 'identify' }], acr: ACR_PASSWORD })
  })

  test('tries a policy that is not applied, from wherever and in whatever browser', async () => {
    const when = { roles: ['auditor'], outside: ['10.0.0.0/8'], browser: 'new' }
    const policy = { steps: [{ anyOf: ['password'] }, { ...SECOND, when }] }
    await house.api(admin, 'PUT', '/roles/auditor', { name: 'auditor' })
    await house.addPerson('al', ['auditor'])
    const al = { userName: 'al', ip: '198.51.100.7', policy }

    expect(await dryRun(al)).toMatchObject({ asks: [{}, { ask: 'enrol', choices: ['totp', 'email_otp'] }] })
    expect((await dryRun({ ...al, ip: '10.1.1.1' })).way).toMatchObject([{}, { outcome: 'not_due', because: 'outside' }])
    expect((await dryRun({ ...al, browser: 'known' })).way).toMatchObject([{}, { outcome: 'not_due', because: 'browser' }])
    expect((await dryRun({ ...al, userName: 'jo' })).way).toMatchObject([{}, { outcome: 'not_due', because: 'roles' }])
  })

  test('a role that does not exist holds for everybody', async () => {
    const policy = { steps: [{ anyOf: ['password'] }, { ...SECOND, when: { roles: ['auditorr'] } }] }

    expect(await dryRun({ policy })).toMatchObject({ asks: [{}, { ask: 'enrol' }] })
  })

  test('names nobody who is not there, and needs the permission', async () => {
    expect((await house.api(admin, 'POST', '/sign-in/dry-run', { userName: 'nobody' })).status).toBe(404)
    expect((await house.api(undefined, 'POST', '/sign-in/dry-run', { userName: 'jo' })).status).toBe(401)
  })
})

describe('the factors of somebody who has lost theirs', () => {
  test('are listed without what could be used, and removed', async () => {
    const jo = await house.stores().users.findByName('jo')
    if (!jo) throw new Error('jo is there')
    const here = await house.context()
    const phone = { ...newCredential(here, 'Phone'), kind: 'sms_otp', address: '+491701234567' } as const
    await addCredential(here, jo.id, phone)

    const { body } = await house.api(admin, 'GET', `/users/${jo.id}/credentials`)
    const removed = await house.api(admin, 'DELETE', `/users/${jo.id}/credentials/${phone.id}`)

    expect(body.credentials).toEqual([{ id: phone.id, kind: 'sms_otp', name: 'Phone', created_at: expect.any(Number) }])
    expect(removed.status).toBe(204)
    expect((await house.stores().users.find(jo.id))?.factors).toBeUndefined()
    expect((await house.api(admin, 'DELETE', `/users/${jo.id}/credentials/${phone.id}`)).status).toBe(404)
  })

  test('of somebody who may do more are not removed', async () => {
    const boss = await house.addPerson('boss', ['tenant-admin'])
    const here = await house.context()
    const app = { ...newCredential(here, ''), kind: 'totp', sealedSecret: '', lastStep: 0 } as const
    await addCredential(here, boss.id, app)
    await house.api(admin, 'PUT', '/roles/help-desk', { name: 'help-desk', permissions: ['users:read', 'users:write'] })
    await house.addPerson('helper', ['help-desk'])
    const helper = await house.signIn('helper')

    const refused = await house.api(helper, 'DELETE', `/users/${boss.id}/credentials/${app.id}`)

    expect(refused.status).toBe(403)
    expect(await house.stores().credentials.list(boss.id)).toHaveLength(1)
  })
})

async function dryRun(asked: Body): Promise<Body & { readonly asks: Body[]; readonly way: Body[] }> {
  const { status, body } = await house.api(admin, 'POST', '/sign-in/dry-run', { userName: 'jo', ...asked })
  expect(status, JSON.stringify(body)).toBe(200)
  return body as Body & { asks: Body[]; way: Body[] }
}

describe('an adaptive script', () => {
  const application = {
    client_id: 'desk',
    client_name: 'Desk',
    token_endpoint_auth_method: 'none',
    redirect_uris: ['http://localhost:8080/callback'],
  }
  const script = 'var onLoginRequest = function (context) { executeStep(1); };'

  test('is stored with the application, and with the tenant, and answered as it was given', async () => {
    const scripting = {
      allowedHosts: ['risk.example'],
      libraries: { lib: 'exports.one = 1;' },
      prompts: { more: { title: 'More', inputs: [{ id: 'a', label: 'A' }] } },
      mails: { seen: { subject: 'Seen', text: 'You were seen, {{name}}.' } },
    }

    const stored = await house.api(admin, 'PUT', '/applications/desk', { ...application, gatehouse_adaptive_script: script })
    const tenant = await house.api(admin, 'PUT', '/tenant', settings({ script, scripting }))

    expect(stored).toMatchObject({ status: 201, body: { gatehouse_adaptive_script: script } })
    expect(tenant).toMatchObject({ status: 200, body: { policies: { signIn: { script, scripting } } } })
  })

  test.each([
    ['does not parse', 'var onLoginRequest = function (context) {\n  executeStep(1;\n};', 'line 2, column'],
    ['has no entry', 'var onLogin = function () {};', 'no function onLoginRequest'],
    ['throws where it begins', '\nnull.x;\nvar onLoginRequest = function () {};', 'line 2, column'],
    ['never ends where it begins', 'while (true) {}', 'too many steps'],
    ['is too long', `var onLoginRequest = function () {}; //${'x'.repeat(33_000)}`, 'Too big'],
  ])('that %s is refused, with the place', async (_, wrong, why) => {
    const { status, body } = await house.api(admin, 'PUT', '/applications/desk', { ...application, gatehouse_adaptive_script: wrong })

    expect(status).toBe(422)
    expect(body.errors).toEqual([{ pointer: '/gatehouse_adaptive_script', detail: expect.stringContaining(why) }])
  })

  test('is refused with a library that does not parse', async () => {
    const { status, body } = await house.api(
      admin,
      'PUT',
      '/tenant',
      settings({ script, scripting: { libraries: { lib: 'var a = 1;\nvar = 2;' } } }),
    )

    expect(status).toBe(422)
    expect(body.errors).toEqual([{ pointer: '/policies/signIn/scripting/libraries/lib', detail: expect.stringContaining('line 2') }])
  })

  test('is not for whoever administers applications alone: it acts on people', async () => {
    await house.api(admin, 'PUT', '/roles/apps', { name: 'apps', permissions: ['applications:read', 'applications:write'] })
    const secret = 'a secret of the deployer'
    await house.api(admin, 'PUT', '/applications/deployer', {
      client_id: 'deployer',
      client_name: 'Deployer',
      client_secret: secret,
      grant_types: ['client_credentials'],
      scope: 'applications:read applications:write',
      gatehouse_roles: ['apps'],
    })
    const { body: given } = await house.applicationToken('deployer', secret)
    const token = String(given.access_token)

    const { status } = await house.api(token, 'PUT', '/applications/desk', { ...application, gatehouse_adaptive_script: script })

    expect(status).toBe(403)
  })

  test('is tried with given facts: its calls and its log are shown, and nothing is done', async () => {
    await house.api(admin, 'PUT', '/roles/seen', { name: 'seen', permissions: [] })
    await house.api(
      admin,
      'PUT',
      '/tenant',
      settings({ steps: [{ anyOf: ['password'] }, SECOND], scripting: { allowedHosts: ['risk.example'] } }),
    )
    await house.api(admin, 'PUT', '/sign-in/script-secrets/key', { value: 'not for whoever tries' })
    const text = `var onLoginRequest = function (context) { executeStep(1, { onSuccess: function (context) {
      var user = context.currentKnownSubject;
      Log.info(user.username + ' ' + context.request.ip + ' ' + context.request.location.country + ' ' + secrets.key);
      assignUserRoles(user, ['seen']); user.localClaims['dob'] = '2001-01-01';
      httpPost('https://risk.example/', {}, { onSuccess: function (context, data) { if (data.risk === 'high') { executeStep(2); } } });
    } }); };`
    const asked = {
      userName: 'jo',
      ip: '198.51.100.7',
      place: { country: 'LK' },
      script: { text, outside: { 'risk.example': { body: { risk: 'high' } } } },
    }

    const { status, body } = await house.api(admin, 'POST', '/sign-in/dry-run', asked)
    const { body: low } = await house.api(admin, 'POST', '/sign-in/dry-run', { ...asked, script: { ...asked.script, outside: {} } })
    const { body: failed } = await house.api(admin, 'POST', '/sign-in/dry-run', {
      ...asked,
      script: { text: 'var onLoginRequest = function () { while (true) {} };' },
    })

    expect(status).toBe(200)
    expect(body).toMatchObject({
      outcome: 'signed_in',
      asks: [{ ask: 'identify' }, { ask: 'enrol' }],
      script: {
        outcome: 'let_on',
        asks: [
          { step: 1, anyOf: ['password'] },
          { step: 2, anyOf: ['totp', 'email_otp'] },
        ],
        calls: [
          'step 1 was passed with BasicAuthenticator',
          'the request came from LK',
          'was given the role "seen"',
          'the claim dob was written',
          'POST to risk.example: answered',
          'step 2 was passed with totp',
        ],
        log: [{ level: 'info', text: 'jo 198.51.100.7 LK secret key' }],
      },
    })
    expect((low.script as Body).asks).toHaveLength(1)
    expect(failed).toMatchObject({
      outcome: 'access_denied',
      script: { outcome: 'failed', because: 'the script takes too many steps (line 1)' },
    })
    expect(await house.stores().users.findByName('jo')).toMatchObject({ roles: [] })
    expect((await house.stores().users.findByName('jo'))?.attributes).toBeUndefined()
  })

  test('finds the time, the browser and the failed tries that the dry run was given', async () => {
    const text = `var onLoginRequest = function (context) { executeStep(1, { onSuccess: function (context) {
      var tries = context.currentKnownSubject.localClaims['http://wso2.org/claims/identity/failedLoginAttemptsBeforeSuccess'];
      Log.info(new Date().toISOString() + ' ' + context.request.userAgent.browser + ' ' + tries);
    } }); };`
    const asked = {
      userName: 'jo',
      at: '2030-01-05T03:04:05Z',
      user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
    }

    const { body } = await house.api(admin, 'POST', '/sign-in/dry-run', { ...asked, failed_tries: 4, script: { text } })

    expect((body.script as { log: unknown }).log).toEqual([{ level: 'info', text: '2030-01-05T03:04:05.000Z Firefox 4' }])
  })

  test('that would lock out whoever applies it to the tenant is refused', async () => {
    await house.addPerson('root', ['tenant-admin'])
    const token = await house.signIn('root', { scope: 'tenant:write users:write' })
    const shut =
      "var onLoginRequest = function () { executeStep(1, { onSuccess: function () { fail({ errorMessage: 'nobody today' }); } }); };"

    const { status, body } = await house.api(token, 'PUT', '/tenant', settings({ script: shut }))

    expect(status).toBe(409)
    expect(body.detail).toContain('nobody today')
  })

  test('has secrets that are named and never answered, and templates to begin with', async () => {
    await house.api(admin, 'PUT', '/sign-in/script-secrets/riskKey', { value: 'the value itself' })

    const listed = await house.api(admin, 'GET', '/sign-in/script-secrets')
    const removed = await house.api(admin, 'DELETE', '/sign-in/script-secrets/riskKey')
    const again = await house.api(admin, 'DELETE', '/sign-in/script-secrets/riskKey')
    const { body } = await house.api(admin, 'GET', '/sign-in/script-templates')

    expect(listed.body).toEqual({ secrets: [{ name: 'riskKey', changed_at: expect.any(Number) }] })
    expect([removed.status, again.status]).toEqual([204, 404])
    expect((body.templates as Body[]).map(({ name }) => name)).toContain('geo_velocity')
  })
})
