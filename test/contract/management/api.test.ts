/** The management API as its callers find it: pages, partial changes, secrets in rotation, requests, the audit record. */

import type { HouseEvent } from '@gatehouse/core/event.ts'
import { openRegistration } from '@gatehouse/workflow/open_request.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Body, type ManagementHouse, openManagementHouse } from './management_house.ts'

let house: ManagementHouse
let admin: string
beforeAll(async () => {
  house = await openManagementHouse()
  admin = await house.administratorToken()
})
afterAll(() => house.close())

/** Follows the cursors to the end. */
async function pages(path: string, field: string, limit: number): Promise<unknown[][]> {
  const found: unknown[][] = []
  let cursor: unknown
  do {
    const { status, body } = await house.api(
      admin,
      'GET',
      `${path}?limit=${limit}${cursor ? `&cursor=${encodeURIComponent(String(cursor))}` : ''}`,
    )
    expect(status).toBe(200)
    found.push(body[field] as unknown[])
    cursor = body.cursor
  } while (cursor !== undefined)
  return found
}

test('people come in pages, by name, each once', async () => {
  const names = Array.from({ length: 7 }, (_, at) => `person-${at}`)
  for (const userName of [...names].reverse()) expect((await house.api(admin, 'POST', '/users', { userName })).status).toBe(201)

  const found = await pages('/users', 'users', 3)

  expect(found.map((page) => page.length)).toEqual([3, 3, 1])
  expect(found.flat().map((user) => (user as { userName: string }).userName)).toEqual(names)
})

test('applications and tenants come in pages', async () => {
  for (const id of ['a', 'b', 'c']) {
    await house.api(admin, 'PUT', `/applications/${id}`, { client_id: id, client_name: id, redirect_uris: ['https://a.example/'] })
    await house.api(admin, 'PUT', `/tenants/${id}`, { display_name: id })
  }

  const [applications, tenants] = [await pages('/applications', 'applications', 2), await pages('/tenants', 'tenants', 3)]

  expect(applications.flat().map((one) => (one as { client_id: string }).client_id)).toEqual([
    'a',
    'b',
    'c',
    'gatehouse-cli',
    'gatehouse-platform',
  ])
  expect(tenants.flat().map((one) => (one as { id: string }).id)).toEqual(['a', 'b', 'c', 'main'])
})

test('a change of a person names what it changes; the rest stays', async () => {
  const made = await house.api(admin, 'POST', '/users', {
    userName: 'stays',
    name: { givenName: 'Jo', familyName: 'Fischer' },
    emails: [{ value: 'jo@example.org', verified: true }],
  })

  const changed = await house.api(admin, 'PATCH', `/users/${made.body.id}`, { nickName: 'Joey' })

  expect(changed.body).toMatchObject({ nickName: 'Joey', name: { givenName: 'Jo', familyName: 'Fischer' }, active: true })
  expect(changed.body.emails).toEqual([{ value: 'jo@example.org', verified: true }])
})

test('no answer holds a password or the hash of a secret', async () => {
  const person = await house.api(admin, 'POST', '/users', { userName: 'quiet', password: 'a long walk by the sea 7' })
  const application = await house.api(admin, 'PUT', '/applications/quiet', {
    client_id: 'quiet',
    client_name: 'Quiet',
    client_secret: 'nobody hears it',
    redirect_uris: ['https://a.example/'],
  })

  const text = JSON.stringify([person.body, application.body, (await house.api(admin, 'GET', '/applications/quiet')).body])

  expect(text).not.toMatch(/password|hash|nobody hears it|securityEpoch/)
})

test('a name that is taken is a conflict, whatever its case', async () => {
  await house.api(admin, 'POST', '/users', { userName: 'taken' })

  const answer = await house.api(admin, 'POST', '/users', { userName: 'Taken' })

  expect(answer.status).toBe(409)
  expect(answer.body.type).toBe('urn:gatehouse:error:conflict')
})

test.each(['jo@acme', 'x', 'a b', 'a\u0000b', '<script>'])('%j is no user name, as it is none at sign-up', async (userName) => {
  expect((await house.api(admin, 'POST', '/users', { userName })).status).toBe(422)
})

test.each(['mtls', 'www', 'autodiscover', 'admin'])('no tenant is called %s: its host would be taken for the house’s own', async (id) => {
  expect(await house.api(admin, 'PUT', `/tenants/${id}`, { display_name: 'Taken' })).toMatchObject({
    status: 422,
    body: { type: 'urn:gatehouse:error:validation_failed' },
  })
  expect((await house.api(admin, 'GET', `/tenants/${id}`)).status).toBeGreaterThan(400)
})

test('a weak password is refused by the tenant’s policy, with the field', async () => {
  const answer = await house.api(admin, 'POST', '/users', { userName: 'weak', password: 'password' })

  expect(answer.status).toBe(422)
  expect(answer.body.errors).toEqual([{ pointer: '/password', detail: 'one of the commonest passwords' }])
})

const WORKER: Body = {
  client_id: 'worker',
  client_name: 'Worker',
  client_secret: 'the first secret',
  grant_types: ['client_credentials'],
  scope: '',
}

test('a secret is rotated: both are good until the old one is removed, which another process sees within 5 seconds', async () => {
  await house.api(admin, 'PUT', '/applications/worker', WORKER)
  const { body } = await house.api(admin, 'GET', '/applications/worker')
  const [old] = body.secrets as { id: string }[]

  const added = await house.api(admin, 'POST', '/applications/worker/secrets')
  const fresh = String(added.body.client_secret)
  const both = [await house.applicationToken('worker', 'the first secret'), await house.applicationToken('worker', fresh)]
  // As another process does it: without a word to this one's cache.
  await house.stores().applications.removeSecret('worker', old?.id ?? '')
  house.pass(6)
  const after = [await house.applicationToken('worker', 'the first secret'), await house.applicationToken('worker', fresh)]

  expect(both.map((answer) => answer.status)).toEqual([200, 200])
  expect(after.map((answer) => answer.status)).toEqual([401, 200])
  admin = await house.administratorToken()
})

test('an application has at most five secrets, however they come', async () => {
  await house.api(admin, 'PUT', '/applications/greedy', { ...WORKER, client_id: 'greedy' })
  for (let count = 1; count < 5; count++) expect((await house.api(admin, 'POST', '/applications/greedy/secrets')).status).toBe(201)

  const added = await house.api(admin, 'POST', '/applications/greedy/secrets')
  const put = await house.api(admin, 'PUT', '/applications/greedy', { ...WORKER, client_id: 'greedy', client_secret: 'a sixth secret' })
  const known = await house.api(admin, 'PUT', '/applications/greedy', { ...WORKER, client_id: 'greedy' })

  expect([added.status, put.status, known.status]).toEqual([409, 409, 200])
})

test('a removed application’s tokens and secrets are refused at once', async () => {
  await house.api(admin, 'PUT', '/applications/gone', { ...WORKER, client_id: 'gone', gatehouse_roles: ['tenant-admin'] })
  const token = String((await house.applicationToken('gone', 'the first secret')).body.access_token)
  expect((await house.api(token, 'GET', '/tenant')).status).toBe(200)

  await house.api(admin, 'DELETE', '/applications/gone')

  expect((await house.api(token, 'GET', '/tenant')).status).toBe(401)
  expect((await house.applicationToken('gone', 'the first secret')).status).toBe(401)
})

test('an application that lost its role acts no longer, with the token that it has', async () => {
  const shrunk = { ...WORKER, client_id: 'shrunk' }
  await house.api(admin, 'PUT', '/applications/shrunk', { ...shrunk, gatehouse_roles: ['tenant-admin'] })
  const token = String((await house.applicationToken('shrunk', 'the first secret')).body.access_token)

  await house.api(admin, 'PUT', '/applications/shrunk', shrunk)

  expect((await house.api(token, 'GET', '/tenant')).status).toBe(403)
})

test('a privacy policy that was published does not change under its version', async () => {
  const policy = { version: '2', title: 'Privacy', text: 'We keep it.' }
  const put = (privacy_policy: Body) => house.api(admin, 'PUT', '/tenant', { display_name: 'Main', privacy_policy })

  const answers = [
    await put(policy),
    await put({ ...policy, text: 'We sell it.' }),
    await put({ ...policy, version: '3', text: 'We sell it.' }),
  ]

  expect(answers.map((answer) => answer.status)).toEqual([200, 409, 200])
})

test('who runs the approvals sees what waits, the whole of it, and ends what nobody will decide', async () => {
  await house.api(admin, 'PUT', '/roles/junior', { name: 'junior' })
  await house.api(admin, 'PUT', '/workflows/one', { name: 'one', levels: [{ name: 'One', approvers: { roles: ['junior'] } }] })
  await house.api(admin, 'PUT', '/associations', { operation: 'self_registration', workflow: 'one' })
  const applicant = {
    userName: 'newcomer',
    name: { givenName: 'New', familyName: 'Comer' },
    emails: [{ value: 'new@example.org', primary: true, verified: false }],
    phoneNumbers: [],
    acceptances: [{ policy: 'privacy' as const, version: '1', acceptedAt: 1, locale: 'en' }],
  }
  const opened = await openRegistration(await house.context(), applicant, '$fixture$unknown')
  const id = opened.kind === 'waiting' ? opened.requestId : ''

  const listed = await house.api(admin, 'GET', '/requests?limit=5')
  const read = await house.api(admin, 'GET', `/requests/${id}`)
  const ended = await house.api(admin, 'POST', `/requests/${id}/abort`)
  const again = await house.api(admin, 'POST', `/requests/${id}/abort`)

  expect(listed.body.requests).toMatchObject([{ id, userName: 'newcomer', state: 'waiting' }])
  expect(read.body).toMatchObject({ state: 'waiting', workflow: 'one', steps: [{ name: 'One', approvers: ['junior'] }] })
  expect(read.body.data).toContainEqual({ name: 'email', value: 'new@example.org' })
  expect([ended.status, ended.body.state, again.status]).toEqual([200, 'aborted', 409])
  expect((await house.api(admin, 'GET', '/requests?stands=finished')).body.requests).toMatchObject([{ id, state: 'aborted' }])
  expect((await house.api(admin, 'POST', '/users', { userName: 'newcomer' })).status).toBe(201)
})

test('workflows:read sees requests and does not end them', async () => {
  await house.api(admin, 'PUT', '/roles/watcher', { name: 'watcher', permissions: ['workflows:read'] })
  await house.addPerson('watcher', ['watcher'])
  const token = await house.signIn('watcher')

  expect((await house.api(token, 'GET', '/requests')).status).toBe(200)
  expect((await house.api(token, 'POST', '/requests/req_aaaaaaaaaaaa/abort')).status).toBe(403)
})

test('the audit record says who changed what, removals and secrets included', async () => {
  const person = await house.addPerson('auditor', ['tenant-admin'])
  const token = await house.signIn('auditor')
  await house.api(token, 'PUT', '/applications/seen', { ...WORKER, client_id: 'seen' })
  await house.api(token, 'POST', '/applications/seen/secrets')
  const { body } = await house.api(token, 'GET', '/applications/seen')
  const [secret] = body.secrets as { id: string }[]
  await house.api(token, 'DELETE', `/applications/seen/secrets/${secret?.id}`)
  await house.api(token, 'DELETE', '/applications/seen')
  await house.api(token, 'PUT', '/groups/seen', { displayName: 'seen' })
  await house.api(token, 'DELETE', '/groups/seen')
  await house.api(token, 'PUT', '/tenant', { display_name: 'Seen' })

  const events = (await house.house.ports.stream.read(10_000)).map(({ event }) => event as unknown as HouseEvent | undefined)
  const own = events.filter((event) => event?.actor.userId === person.id && /^(application|group|tenant)\./.test(event.kind))

  expect(own.map((event) => event?.kind)).toEqual([
    'application.changed',
    'application.changed',
    'application.changed',
    'application.changed',
    'group.changed',
    'group.changed',
    'tenant.changed',
  ])
  expect(own.every((event) => event?.audited)).toBe(true)
})
