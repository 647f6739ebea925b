/** The room of approvals on a real table: who may decide what, when, and how often. No engine runs here: nothing of this waits for one. */
import type { User } from '@gatehouse/core/user.ts'
import { abort } from '@gatehouse/workflow/abort.ts'
import { claim } from '@gatehouse/workflow/claim.ts'
import { decide } from '@gatehouse/workflow/decide.ts'
import { saveWorkflow } from '@gatehouse/workflow/definitions.ts'
import { listDecided, listOwnRequests, listRequests, listTasks } from '@gatehouse/workflow/list_tasks.ts'
import { findOutcomeNotice, findTaskNotice } from '@gatehouse/workflow/notices.ts'
import { findPendingApplicant } from '@gatehouse/workflow/pending_applicant.ts'
import { readOwnRequest, readTask } from '@gatehouse/workflow/read_task.ts'
import { release } from '@gatehouse/workflow/release.ts'
import { expect, test } from 'vitest'
import { type ApprovalHouse, HASH, openHouse, refusal } from './house.ts'

const tasksOf = async (house: ApprovalHouse, user: User) => (await listTasks(house.as(user))).items.map((task) => task.requestId)
const approve = (house: ApprovalHouse, user: User, requestId: `req_${string}`, level: number, comment?: string) =>
  decide(house.as(user), { requestId, level, verdict: 'approve', ...(comment ? { comment } : {}) })
const reject = (house: ApprovalHouse, user: User, requestId: `req_${string}`, level: number, comment?: string) =>
  decide(house.as(user), { requestId, level, verdict: 'reject', ...(comment ? { comment } : {}) })

test('two levels approve one after the other, and only then the account exists', async () => {
  const house = await openHouse()
  const { alex, cameron, main } = house

  const id = await house.register('kim')
  expect([await tasksOf(house, alex), await tasksOf(house, cameron)]).toEqual([[id], []])
  expect(await findPendingApplicant(main, id)).toMatchObject({ userName: 'kim', passwordHash: HASH })
  expect(await main.stores.users.findByName('kim')).toBeUndefined()
  expect((await findTaskNotice(main, id, 0))?.approvers.map((user) => user.userName)).toEqual(['alex'])

  await approve(house, alex, id, 0, 'known to me')
  expect([await tasksOf(house, alex), await tasksOf(house, cameron)]).toEqual([[], [id]])
  expect(await findTaskNotice(main, id, 0)).toBeUndefined()
  expect((await findTaskNotice(main, id, 1))?.approvers.map((user) => user.userName)).toEqual(['cameron'])

  await approve(house, cameron, id, 1)
  const kim = await main.stores.users.findByName('kim')
  if (!kim) throw new Error('kim does not exist')
  expect(kim).toMatchObject({ active: true, locale: 'de', roles: [], emails: [{ value: 'kim@mail.example', verified: false }] })
  expect(await main.stores.users.findRecord(kim.id)).toMatchObject({
    password: { hash: HASH },
    acceptances: [{ policy: 'privacy', version: '1' }],
  })
  expect(await findPendingApplicant(main, id)).toBeUndefined()
  expect((await main.stores.requests.find(id))?.data).not.toHaveProperty('passwordHash')
  expect(await findOutcomeNotice(main, id)).toMatchObject({ state: { kind: 'approved', resultId: kim.id }, applicant: { locale: 'de' } })

  const kinds = (await house.deliver()).map((event) => event.kind)
  expect(kinds).toEqual([
    ...['request.opened', 'request.task_opened', 'request.task_opened', 'request.decided'],
    ...['request.finished', 'request.decided', 'user.created'],
  ])
})

test('who decided what, when and why stays readable after the end', async () => {
  const house = await openHouse()
  const { alex, cameron } = house
  const id = await house.register('kim')
  await approve(house, alex, id, 0, 'known to me')
  house.pass(60)
  await approve(house, cameron, id, 1)

  const task = await readTask(house.as(alex), id)
  const kim = await house.main.stores.users.findByName('kim')

  expect(task).toMatchObject({
    state: 'approved',
    requester: { name: 'Kim Novak' },
    workflow: 'add user',
    may: [],
    decision: { verdict: 'approve' },
  })
  expect(task.data).toContainEqual({ name: 'email', value: 'kim@mail.example' })
  expect(task.steps).toMatchObject([
    {
      name: 'Junior manager',
      approvers: ['junior-manager'],
      state: 'approved',
      decision: { by: { name: 'alex' }, comment: 'known to me', at: '2026-01-05T00:00:00.000Z' },
    },
    { name: 'Senior manager', state: 'approved', decision: { by: { name: 'cameron' }, at: '2026-01-05T00:01:00.000Z' } },
  ])
  expect((await listDecided(house.as(alex))).items).toMatchObject([
    { requestId: id, state: 'approved', level: 0, decision: { verdict: 'approve' } },
  ])
  expect(kim && (await listOwnRequests(house.as(kim))).items).toMatchObject([{ requestId: id, state: 'approved' }])
  expect(kim && (await readOwnRequest(house.as(kim), id)).steps).toMatchObject([{ approvers: [], decision: undefined }, {}])
})

test('a rejection by the first level ends it: the second never sees it and the name is free', async () => {
  const house = await openHouse()
  const { alex, cameron, main } = house
  const id = await house.register('kim')

  await reject(house, alex, id, 0, 'not one of ours')

  expect(await tasksOf(house, cameron)).toEqual([])
  expect(await refusal(readTask(house.as(cameron), id))).toBe('not_found')
  expect(await findOutcomeNotice(main, id)).toMatchObject({
    state: { kind: 'rejected' },
    reason: 'not one of ours',
    applicant: { userName: 'kim' },
  })
  expect(await main.stores.users.findNameHolder('kim')).toBeUndefined()
  expect((await main.stores.requests.find(id))?.data).not.toHaveProperty('passwordHash')
  expect((await readTask(house.as(alex), id)).steps.map((step) => step.state)).toEqual(['rejected', 'not_reached'])
  expect(await house.register('kim')).not.toBe(id)
})

test('a rejection by the second level ends it as well', async () => {
  const house = await openHouse()
  const id = await house.register('kim')

  await approve(house, house.alex, id, 0)
  await reject(house, house.cameron, id, 1, 'too many')

  expect(await house.main.stores.users.findNameHolder('kim')).toBeUndefined()
  expect(await findOutcomeNotice(house.main, id)).toMatchObject({ state: { kind: 'rejected', level: 1 }, reason: 'too many' })
})

test('a name that is taken or waits is refused, whatever its case', async () => {
  const house = await openHouse()
  await house.register('kim')

  expect(await refusal(house.register('KIM'))).toBe('conflict')
  expect(await refusal(house.register('Alex'))).toBe('conflict')
})

test('the approver of level 1 cannot approve level 2', async () => {
  const house = await openHouse()
  const id = await house.register('kim')
  await approve(house, house.alex, id, 0)

  expect(await refusal(approve(house, house.alex, id, 1))).toBe('forbidden')
  expect(await refusal(approve(house, house.alex, id, 0))).toBe('already_decided')
  expect(await refusal(approve(house, house.cameron, id, 0))).toBe('forbidden')
})

test('one person with both roles cannot decide two levels', async () => {
  const house = await openHouse()
  const robin = await house.person('robin', 'junior-manager', 'senior-manager')
  const id = await house.register('kim')
  await approve(house, robin, id, 0)

  expect(await refusal(approve(house, robin, id, 1))).toBe('forbidden')
  expect(await tasksOf(house, robin)).toEqual([])
  expect((await findTaskNotice(house.main, id, 1))?.approvers.map((user) => user.userName)).toEqual(['cameron'])
})

test('the applicant cannot approve the own request, under a name that folds to the same', async () => {
  const house = await openHouse()
  const id = await house.register('ALEX2')
  await house.main.stores.users.releaseName('alex2', id)
  const alex2 = await house.person('alex2', 'junior-manager')

  expect(await refusal(approve(house, alex2, id, 0))).toBe('forbidden')
  expect(await tasksOf(house, alex2)).toEqual([])
})

test('50 concurrent decisions of one task have one outcome', async () => {
  const house = await openHouse()
  const members = await Promise.all(Array.from({ length: 50 }, (_, index) => house.person(`member${index}`, 'senior-manager')))
  const id = await house.register('kim')
  await approve(house, house.alex, id, 0)

  const outcomes = await Promise.all(members.map((member, index) => refusal((index % 2 ? approve : reject)(house, member, id, 1))))

  const won = outcomes.filter((outcome) => typeof outcome === 'object')
  expect(won).toHaveLength(1)
  expect(outcomes.filter((outcome) => outcome === 'already_decided')).toHaveLength(49)
  const record = await house.main.stores.requests.find(id)
  expect(record?.decisions).toHaveLength(2)
  const kim = await house.main.stores.users.findByName('kim')
  expect(kim === undefined).toBe(record?.request.state.kind === 'rejected')
})

test('a claimed task is seen as taken, and only its holder decides it', async () => {
  const house = await openHouse()
  const blake = await house.person('blake', 'junior-manager')
  const id = await house.register('kim')

  await claim(house.as(house.alex), id, 0)

  expect((await listTasks(house.as(blake))).items).toMatchObject([{ requestId: id, claimedBy: { name: 'alex' }, claimedByMe: false }])
  expect(await refusal(approve(house, blake, id, 0))).toBe('conflict')
  expect(await refusal(claim(house.as(blake), id, 0))).toBe('conflict')
  expect(await refusal(release(house.as(blake), id, 0))).toBe('conflict')
  expect((await readTask(house.as(blake), id)).may).toEqual([])
  expect((await readTask(house.as(house.alex), id)).may).toEqual(['approve', 'reject', 'release'])
})

test('releasing gives the task back, for this level only', async () => {
  const house = await openHouse()
  const blake = await house.person('blake', 'junior-manager')
  const id = await house.register('kim')
  await claim(house.as(house.alex), id, 0)

  await release(house.as(house.alex), id, 0)
  expect((await readTask(house.as(blake), id)).may).toEqual(['approve', 'reject', 'claim'])
  await approve(house, blake, id, 0)
  await claim(house.as(house.cameron), id, 1)
  await release(house.as(house.cameron), id, 1)

  expect(await refusal(approve(house, house.alex, id, 0))).toBe('already_decided')
  expect((await readTask(house.as(house.cameron), id)).steps.map((step) => step.state)).toEqual(['approved', 'waiting'])
})

test('a claim of somebody who lost the role holds nobody back', async () => {
  const house = await openHouse()
  const blake = await house.person('blake', 'junior-manager')
  const id = await house.register('kim')
  await claim(house.as(house.alex), id, 0)
  await house.change(house.alex, { roles: [] })

  expect((await listTasks(house.as(blake))).items).toMatchObject([{ claimedBy: undefined }])
  expect((await readTask(house.as(blake), id)).may).toEqual(['approve', 'reject', 'claim'])
  expect((await approve(house, blake, id, 0)).state).toMatchObject({ level: 1 })
})

test('who loses the role loses the task; who gets it sees what waits', async () => {
  const house = await openHouse()
  const id = await house.register('kim')
  const blake = await house.person('blake')
  expect(await tasksOf(house, blake)).toEqual([])

  await house.change(house.alex, { roles: [] })
  await house.change(blake, { roles: [(await house.role('junior-manager')).id] })

  expect(await tasksOf(house, house.alex)).toEqual([])
  expect(await refusal(approve(house, house.alex, id, 0))).toBe('forbidden')
  expect(await refusal(readTask(house.as(house.alex), id))).toBe('not_found')
  expect(await tasksOf(house, blake)).toEqual([id])
  expect((await approve(house, blake, id, 0)).state).toMatchObject({ level: 1 })
})

test('a role that is lost between reading and writing decides nothing', async () => {
  const house = await openHouse()
  const id = await house.register('kim')
  house.beforeNextTransaction(async () => void (await house.change(house.alex, { roles: [] })))

  expect(await refusal(approve(house, house.alex, id, 0))).toBe('forbidden')
  expect((await house.main.stores.requests.find(id))?.decisions).toEqual([])
})

test('a suspended person decides nothing', async () => {
  const house = await openHouse()
  const id = await house.register('kim')
  await house.change(house.alex, { active: false })

  expect(await refusal(approve(house, house.alex, id, 0))).toBe('unauthenticated')
})

test('a deleted role or person stops nothing but itself', async () => {
  const levels = [{ name: 'one', approvers: { roles: ['junior-manager'], users: ['alex', 'cameron'] } }]
  const house = await openHouse({ levels })
  const id = await house.register('kim')

  await house.main.stores.roles.remove((await house.role('junior-manager')).id)
  const alex = await house.main.stores.users.find(house.alex.id)
  if (alex) await house.main.stores.users.remove(alex, {})

  expect(await readTask(house.as(house.cameron), id)).toMatchObject({
    steps: [{ approvers: ['cameron'] }],
    may: ['approve', 'reject', 'claim'],
  })
  expect((await findTaskNotice(house.main, id, 0))?.approvers.map((user) => user.userName)).toEqual(['cameron'])
  expect((await approve(house, house.cameron, id, 0)).state.kind).toBe('approved')
})

test('a workflow that is edited leaves running requests on the version that they started with', async () => {
  const house = await openHouse()
  const before = await house.register('kim')
  await saveWorkflow(house.main, { name: 'add user', levels: [{ name: 'Only Cameron', approvers: { users: ['cameron'] } }] })
  const after = await house.register('lee')

  expect(await refusal(approve(house, house.cameron, before, 0))).toBe('forbidden')
  await approve(house, house.alex, before, 0)
  expect((await approve(house, house.cameron, before, 1)).state.kind).toBe('approved')
  expect((await approve(house, house.cameron, after, 0)).state.kind).toBe('approved')
  expect((await readTask(house.as(house.cameron), after)).levels).toBe(1)
})

test('the data of an applicant that was erased before the last approval makes the request fail, and frees the name', async () => {
  const house = await openHouse()
  const id = await house.register('kim')
  await approve(house, house.alex, id, 0)
  await house.main.stores.requests.eraseData(id)

  const ended = await refusal(approve(house, house.cameron, id, 1))

  expect(ended).toMatchObject({ done: { state: { kind: 'failed' } } })
  expect(await house.main.stores.users.findNameHolder('kim')).toBeUndefined()
  expect(await readTask(house.as(house.cameron), id)).toMatchObject({ state: 'failed', data: [], requester: { name: 'kim' } })
})

test('a name that was lost meanwhile makes the request fail instead of making a second person', async () => {
  const house = await openHouse()
  const id = await house.register('kim')
  await approve(house, house.alex, id, 0)
  await house.main.stores.users.releaseName('kim', id)
  const other = await house.person('kim')

  expect((await approve(house, house.cameron, id, 1)).state.kind).toBe('failed')
  expect((await house.main.stores.users.findByName('kim'))?.id).toBe(other.id)
})

test('an administrator ends a request that nobody decides', async () => {
  const house = await openHouse()
  const id = await house.register('kim')

  expect((await abort(house.main, id)).state).toMatchObject({ kind: 'aborted', level: 0 })
  expect(await tasksOf(house, house.alex)).toEqual([])
  expect(await refusal(abort(house.main, id))).toBe('already_decided')
  expect(await house.register('kim')).not.toBe(id)
})

test('another tenant sees nothing of it', async () => {
  const house = await openHouse()
  const id = await house.register('kim')
  const elsewhere = house.contextOf('other')

  expect(await refusal(abort(elsewhere, id))).toBe('not_found')
  expect((await listRequests(elsewhere)).items).toEqual([])
  expect(await refusal(decide(house.contextOf('other', house.alex), { requestId: id, level: 0, verdict: 'approve' }))).toBe(
    'unauthenticated',
  )
})

test('lists come in pages, each task once, the oldest first', async () => {
  const house = await openHouse({ levels: [{ name: 'one', approvers: { roles: ['junior-manager', 'senior-manager'], users: ['alex'] } }] })
  const robin = await house.person('robin', 'junior-manager', 'senior-manager')
  const opened: string[] = []
  for (let index = 0; index < 7; index++) {
    opened.push(await house.register(`person${index}`))
    house.pass(1)
  }

  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await listTasks(house.as(robin), { limit: 3, ...(cursor ? { cursor } : {}) })
    seen.push(...page.items.map((task) => task.requestId))
    cursor = page.cursor
  } while (cursor)
  expect(seen).toEqual(opened)

  for (const id of opened.slice(0, 4)) await approve(house, robin, id as `req_${string}`, 0)
  const first = await listDecided(house.as(robin), { limit: 3 })
  const rest = await listDecided(house.as(robin), { limit: 3, ...(first.cursor ? { cursor: first.cursor } : {}) })
  expect([...first.items, ...rest.items]).toHaveLength(4)
  expect((await listRequests(house.main, { stands: 'open' })).items.map((request) => request.userName)).toEqual([
    'person6',
    'person5',
    'person4',
  ])
  expect((await listRequests(house.main, { stands: 'finished' })).items).toHaveLength(4)
})

test('a comment above its limit is refused', async () => {
  const house = await openHouse()
  const id = await house.register('kim')

  expect(await refusal(approve(house, house.alex, id, 0, 'x'.repeat(2001)))).toBe('validation_failed')
})
