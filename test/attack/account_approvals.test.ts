/** Approvals in wrong hands: links that decide nothing, requests that are somebody else's, views that have grown old. */
import type { RequestId } from '@gatehouse/core/ids.ts'
import type { ListOf, RequestDetail, TaskSummary } from '@gatehouse/core/my_account.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type AccountHouse, openAccountHouse, PASSWORD, type PortalPerson } from '../fixture/account_house.ts'

let house: AccountHouse
let requestId: RequestId

beforeEach(async () => {
  house = await openAccountHouse()
  await house.addUser('alex', PASSWORD, { roles: ['rol_junior001'] })
  await house.addUser('bob', PASSWORD, { roles: ['rol_junior001'] })
  await house.addUser('cameron', PASSWORD, { roles: ['rol_senior001'] })
  await house.addUser('mallory', PASSWORD)
  requestId = await house.register('sam')
})

afterEach(() => house.close())

const waiting = async (person: PortalPerson) =>
  (await person.ask<ListOf<TaskSummary>>('GET', '/approvals')).body.items.map((task) => task.requestId)
const stateOf = async () => (await house.stores().requests.find(requestId, { consistent: true }))?.request.state

test('two levels are decided one after the other, and each sees what was decided', async () => {
  const [alex, cameron] = [await house.signIn('alex'), await house.signIn('cameron')]

  expect([await waiting(alex), await waiting(cameron)]).toEqual([[requestId], []])
  const first = await alex.decide(requestId, 0, 'approve', 'known to me')
  expect([await waiting(alex), await waiting(cameron)]).toEqual([[], [requestId]])
  const last = await cameron.decide(requestId, 1, 'approve')

  expect(first.body).toMatchObject({ state: 'waiting', decision: { verdict: 'approve', comment: 'known to me' }, may: [] })
  expect(last.body).toMatchObject({
    state: 'approved',
    steps: [{ state: 'approved', decision: { by: { id: alex.me.profile.id } } }, { state: 'approved' }],
  })
  expect((await alex.ask('GET', '/approvals?state=decided')).body).toMatchObject({ items: [{ requestId, state: 'approved' }] })
})

test('the link of a mail only locates the request: GET decides nothing, whatever it says', async () => {
  const alex = await house.signIn('alex')
  const cookie = house.cookieOf(alex.jar, '/t/main/approvals')

  for (const query of ['', '?decision=approve', '?view=page&decision=approve&level=0', '?view=page&done=approve']) {
    const response = await house.fetch(`/t/main/approvals/${requestId}${query}`, { headers: { cookie } })
    expect(response.status).toBeLessThan(400)
  }
  for (const action of ['approve', 'reject', 'claim']) {
    const response = await house.fetch(`/t/main/api/v1/me/approvals/${requestId}/${action}`, { headers: { cookie } })
    expect(response.status).toBe(405)
  }

  expect(await stateOf()).toEqual({
    kind: 'waiting',
    level: 0,
    openedAt: expect.any(Number),
    reminders: 0,
    escalated: false,
    unassigned: false,
  })
})

test('who opens the link signed out signs in first, and lands at the request', async () => {
  const response = await house.fetch(`/t/main/approvals/${requestId}`)
  const page = await house.fetch(`/t/main/approvals/${requestId}?view=page`)

  expect(response.headers.get('location')).toBe(`/t/main/account/approvals/${requestId}`)
  expect((await house.fetch(`/t/main/account/approvals/${requestId}`)).headers.get('location')).toMatch(/^\/t\/main\/login\?interaction=/)
  expect(page.headers.get('location')).toMatch(/^\/t\/main\/login\?interaction=/)
})

test('without JavaScript the page shows the request and takes the decision', async () => {
  const alex = await house.signIn('alex')
  const shown = await alex.jar.get(`/t/main/approvals/${requestId}?view=page`)

  const done = await alex.jar.submit(shown, { decision: 'reject', comment: 'unknown here' })

  expect(shown.body).toMatch(/<button[^>]*name="decision"[^>]*value="approve"/)
  expect(shown.body).toContain('sam@example.org')
  expect(done.body).toContain('You rejected this request.')
  expect(done.body).toContain('unknown here')
  expect(await stateOf()).toMatchObject({ kind: 'rejected', level: 0 })
})

test('the form is refused without its token, with that of another request, and from elsewhere', async () => {
  const alex = await house.signIn('alex')
  const other = await house.register('kim')
  const shown = await alex.jar.get(`/t/main/approvals/${other}?view=page`)
  const csrf = /name="csrf" value="([^"]*)"/.exec(shown.body)?.[1] ?? ''
  const post = (fields: Record<string, string>, headers = {}) =>
    alex.jar.post(`/t/main/approvals/${requestId}`, { decision: 'approve', level: '0', ...fields }, headers)

  const answers = [await post({}), await post({ csrf }), await post({ csrf }, { 'sec-fetch-site': 'cross-site' })]

  expect(csrf).not.toBe('')
  expect(answers.map((answer) => answer.status)).toEqual([403, 403, 403])
  expect(await stateOf()).toMatchObject({ kind: 'waiting', level: 0 })
})

test('who has no business with a request is told that there is none', async () => {
  const mallory = await house.signIn('mallory')

  const read = await mallory.ask('GET', `/approvals/${requestId}`)
  const absent = await mallory.ask('GET', '/approvals/req_aaaaaaaaaaaa')
  const page = await mallory.jar.get(`/t/main/approvals/${requestId}?view=page`)

  expect(read).toMatchObject({ status: 404, body: absent.body })
  expect(page.status).toBe(404)
  expect(page.body).not.toContain('sam@example.org')
  expect(await waiting(mallory)).toEqual([])
})

test.each(['approve', 'reject', 'claim', 'release'])('a stranger and an approver of the next level cannot %s', async (action) => {
  const [mallory, cameron] = [await house.signIn('mallory'), await house.signIn('cameron')]

  const answers = [
    await mallory.ask('POST', `/approvals/${requestId}/${action}`, { level: 0 }),
    await cameron.ask('POST', `/approvals/${requestId}/${action}`, { level: 0 }),
    await cameron.ask('POST', `/approvals/${requestId}/${action}`, { level: 1 }),
  ]

  for (const answer of answers) expect(answer.status).toBeGreaterThanOrEqual(403)
  expect(await stateOf()).toMatchObject({ kind: 'waiting', level: 0 })
})

test('a request of one tenant does not exist at another', async () => {
  await house.addTenant('acme')
  await house.addUser('alex', PASSWORD, { roles: ['rol_junior001'] }, 'acme')
  const alex = await house.signIn('alex', PASSWORD, 'acme')

  expect((await alex.ask('GET', `/approvals/${requestId}`)).status).toBe(404)
  expect((await alex.decide(requestId, 0, 'approve')).status).toBe(404)
})

test('an old view decides nothing else: the level that was seen is the level that is decided', async () => {
  const person = await house.addUser('both', PASSWORD, { roles: ['rol_junior001', 'rol_senior001'] })
  const [alex, both] = [await house.signIn('alex'), await house.signIn('both')]
  await alex.decide(requestId, 0, 'approve')

  const late = await both.decide(requestId, 0, 'approve')
  const vague = await both.ask('POST', `/approvals/${requestId}/approve`, {})

  expect(person.roles).toHaveLength(2)
  expect(late.body).toMatchObject({ type: 'urn:gatehouse:error:already_decided' })
  expect(vague.status).toBe(422)
  expect(await stateOf()).toMatchObject({ kind: 'waiting', level: 1 })
})

test('a claimed task is seen as taken by the others, who cannot decide it until it is released', async () => {
  const [alex, bob] = [await house.signIn('alex'), await house.signIn('bob')]

  const claimed = await alex.ask<RequestDetail>('POST', `/approvals/${requestId}/claim`, { level: 0 })
  const seen = await bob.ask<RequestDetail>('GET', `/approvals/${requestId}`)
  const refused = await bob.decide(requestId, 0, 'approve')
  const taken = await bob.ask('POST', `/approvals/${requestId}/release`, { level: 0 })
  await alex.ask('POST', `/approvals/${requestId}/release`, { level: 0 })
  const decided = await bob.decide(requestId, 0, 'approve')

  expect(claimed.body).toMatchObject({ claimedByMe: true, may: ['approve', 'reject', 'release'] })
  expect(seen.body).toMatchObject({ claimedBy: { name: 'Given Family' }, claimedByMe: false, may: [] })
  expect([refused.status, taken.status, decided.status]).toEqual([409, 409, 200])
})

test('two members who decide at once: one wins, the other is told', async () => {
  const [alex, bob] = [await house.signIn('alex'), await house.signIn('bob')]

  const answers = await Promise.all([alex.decide(requestId, 0, 'approve'), bob.decide(requestId, 0, 'reject')])

  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
})

test('a sign-in of more than an hour ago decides nothing, but may look and claim', async () => {
  const alex = await house.signIn('alex')
  house.pass(61 * 60)

  const claimed = await alex.ask('POST', `/approvals/${requestId}/claim`, { level: 0 })
  const decided = await alex.decide(requestId, 0, 'approve')
  const shown = await alex.jar.get(`/t/main/approvals/${requestId}?view=page`)
  const posted = await alex.jar.submit(shown, { decision: 'approve' })

  expect(claimed.status).toBe(200)
  expect(decided.body).toMatchObject({ type: 'urn:gatehouse:error:reauthentication_required' })
  expect(posted.url.pathname).toBe('/t/main/login')
  expect(await stateOf()).toMatchObject({ kind: 'waiting', level: 0 })
})

test('who loses the role before deciding is refused, and the task is gone', async () => {
  const alex = await house.signIn('alex')
  const user = await house.stores().users.find(alex.me.profile.id, { consistent: true })
  if (!user) throw new Error('alex should be there')
  await house.stores().users.update(user, { ...user, roles: [] }, 'user.roles_changed', {})

  expect(await waiting(alex)).toEqual([])
  expect((await alex.ask('GET', `/approvals/${requestId}`)).status).toBe(404)
  expect((await alex.decide(requestId, 0, 'approve')).status).toBe(403)
})
