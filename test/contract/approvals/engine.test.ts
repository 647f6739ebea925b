/** The engine follows the record: it is told by the relay, keeps the clocks, and may die at any moment. */
import { abort } from '@gatehouse/workflow/abort.ts'
import { decide } from '@gatehouse/workflow/decide.ts'
import { listRequests, listTasks } from '@gatehouse/workflow/list_tasks.ts'
import { findTaskNotice } from '@gatehouse/workflow/notices.ts'
import { sweepRequests } from '@gatehouse/workflow/sweep.ts'
import { approvalTasks } from '@gatehouse/workflow/tasks/approval_tasks.ts'
import { expect, test } from 'vitest'
import { type ApprovalHouse, openHouse, TWO_LEVELS } from './house.ts'

const DAY = 86_400

const hasToken = (house: ApprovalHouse, id: `req_${string}`, level: number) => async () =>
  (await house.main.stores.requests.findToken(id, level)) !== undefined
const ended = (house: ApprovalHouse) => () => house.workflow().running() === 0
const approve = (house: ApprovalHouse, user: ApprovalHouse['alex'], requestId: `req_${string}`, level: number) =>
  decide(house.as(user), { requestId, level, verdict: 'approve' })

async function opened(options: Parameters<typeof openHouse>[0] = {}) {
  const house = await openHouse(options)
  const id = await house.register('kim')
  await house.deliver()
  await house.until(hasToken(house, id, 0), 'level 1 waits')
  return { house, id }
}

test('an execution follows a request to its end', async () => {
  const { house, id } = await opened()

  await approve(house, house.alex, id, 0)
  await house.deliver()
  await house.until(hasToken(house, id, 1), 'level 2 waits')
  await approve(house, house.cameron, id, 1)
  await house.deliver()
  await house.until(ended(house), 'the execution ends')

  expect(house.logged).toEqual([])
  expect(await house.main.stores.users.findByName('kim')).toMatchObject({ active: true })
})

test('a rejection and an abort end the execution', async () => {
  const { house, id } = await opened()
  const second = await house.register('lee')
  await house.deliver()
  await house.until(hasToken(house, second, 0), 'the second waits')

  await decide(house.as(house.alex), { requestId: id, level: 0, verdict: 'reject' })
  await abort(house.main, second)
  await house.deliver()

  await house.until(ended(house), 'both executions end')
})

test('the process dies between two levels: the next start goes on where the record stands', async () => {
  const { house, id } = await opened()
  await approve(house, house.alex, id, 0)

  await house.crash()
  expect((await listTasks(house.as(house.cameron))).items).toHaveLength(1)
  expect(await sweepRequests(house.main, house.workflow())).toBe(1)
  await house.until(hasToken(house, id, 1), 'level 2 waits in the new process')
  await house.deliver()
  await approve(house, house.cameron, id, 1)
  await house.deliver()
  await house.until(ended(house), 'the execution ends')

  expect(house.delivered.filter((event) => event.kind === 'user.created' && event.requestId === id)).toHaveLength(1)
})

test('the process dies before the relay has told anybody of the request', async () => {
  const house = await openHouse()
  const id = await house.register('kim')

  await house.crash()
  await sweepRequests(house.main, house.workflow())
  await house.deliver()

  await house.until(hasToken(house, id, 0), 'level 1 waits')
  expect(house.workflow().running()).toBe(1)
})

test('a lost token is replaced by the next execution, and the old one wakes nobody', async () => {
  const { house, id } = await opened()
  const old = await house.main.stores.requests.findToken(id, 0)

  await house.crash()
  await sweepRequests(house.main, house.workflow())
  await house.until(async () => (await house.main.stores.requests.findToken(id, 0)) !== old, 'a new token is stored')
  await house.workflow().signal(old ?? '', {})
  await approve(house, house.alex, id, 0)
  await house.deliver()

  await house.until(hasToken(house, id, 1), 'level 2 waits')
})

test('a task of a level that was decided long ago does nothing but let its execution go on', async () => {
  const { house, id } = await opened()
  await approve(house, house.alex, id, 0)
  const signalled: string[] = []
  const late = approvalTasks({
    contextOf: async (tenantId) => house.contextOf(tenantId),
    signal: async (token) => void signalled.push(token),
  })
  const before = await house.main.stores.requests.find(id)

  await late('wait_for_decision', { tenantId: 'main', requestId: id, level: 0, taskToken: 'late' })
  expect(await late('overdue', { tenantId: 'main', requestId: id, level: 0 })).toEqual({ kind: 'not_due' })
  expect(await late('fulfil', { tenantId: 'main', requestId: id })).toEqual({ confirmed: true })
  expect(await late('decline', { tenantId: 'main', requestId: id })).toEqual({ released: false })

  expect(signalled).toEqual(['late'])
  expect(await house.main.stores.requests.find(id)).toEqual(before)
})

test('a decline frees a name that was still held', async () => {
  const { house, id } = await opened()
  await decide(house.as(house.alex), { requestId: id, level: 0, verdict: 'reject' })
  const { table } = house.main.stores.shelf
  await table.transact([house.main.stores.users.reserveNameWrite('kim', id)])
  const tasks = approvalTasks({ contextOf: async (tenantId) => house.contextOf(tenantId), signal: async () => {} })

  expect(await tasks('decline', { tenantId: 'main', requestId: id })).toEqual({ released: true })
  expect(await house.main.stores.users.findNameHolder('kim')).toBeUndefined()
})

test('a level that nobody decides is reminded of, once for each timeout', async () => {
  const { house } = await opened({
    levels: [{ name: 'one', approvers: { roles: ['junior-manager'] }, timeout: { seconds: 600, action: 'remind' } }],
  })

  const reminders = () => house.delivered.filter((event) => event.data?.reminder !== undefined).map((event) => event.data?.reminder)
  for (const expected of [[1], [1, 2]]) {
    house.pass(600)
    const reminded = async () => {
      await house.deliver()
      return reminders().length === expected.length
    }
    await house.until(reminded, `${expected.length} reminders`)
    expect(reminders()).toEqual(expected)
  }
})

test('an escalation gives the task to others as well', async () => {
  const { house, id } = await opened({
    levels: [
      {
        name: 'one',
        approvers: { roles: ['junior-manager'] },
        timeout: { seconds: 600, action: 'escalate', to: { roles: ['senior-manager'] } },
      },
    ],
  })
  expect((await listTasks(house.as(house.cameron))).items).toEqual([])

  house.pass(600)
  await house.until(async () => (await listTasks(house.as(house.cameron))).items.length === 1, 'Cameron has the task')

  expect((await findTaskNotice(house.main, id, 0))?.approvers.map((user) => user.userName).sort()).toEqual(['alex', 'cameron'])
  expect((await approve(house, house.cameron, id, 0)).state.kind).toBe('approved')
  expect((await listTasks(house.as(house.alex))).items).toEqual([])
})

test('a level that expires ends the request and frees the name', async () => {
  const { house, id } = await opened({
    levels: [{ name: 'one', approvers: { roles: ['junior-manager'] }, timeout: { seconds: 600, action: 'expire' } }],
  })

  house.pass(600)
  await house.until(ended(house), 'the execution ends')

  expect((await house.main.stores.requests.find(id))?.request.state).toMatchObject({ kind: 'expired', level: 0 })
  expect(await house.main.stores.users.findNameHolder('kim')).toBeUndefined()
  expect((await house.deliver()).map((event) => event.kind)).toEqual(['request.finished'])
})

test('a request that nobody can decide is flagged, and lifted when somebody gets the role', async () => {
  const house = await openHouse({
    levels: [TWO_LEVELS[0] ?? { name: '', approvers: {} }, { name: 'auditor', approvers: { roles: ['senior-manager'] } }],
  })
  await house.change(house.alex, { roles: [] })
  const id = await house.register('kim')

  const flagged = async () => (await listRequests(house.main, { stands: 'unassigned' })).items.map((request) => request.id)
  await house.deliver()
  await house.until(async () => (await flagged()).length === 1, 'the request is flagged')
  await house.deliver()
  expect(house.delivered.filter((event) => event.kind === 'request.unassigned')).toMatchObject([{ requestId: id, data: { level: 0 } }])

  const blake = await house.person('blake')
  await house.change(blake, { roles: [(await house.role('junior-manager')).id] })
  expect((await listTasks(house.as(blake))).items).toMatchObject([{ requestId: id }])
  await house.deliver()
  expect(await flagged()).toEqual([])
})

test('a role that loses its last member later is seen at once, and by the daily look', async () => {
  const { house, id } = await opened()
  const flagged = async () => (await listRequests(house.main, { stands: 'unassigned' })).items.length === 1

  await house.change(house.alex, { active: false })
  await house.deliver()
  expect(await flagged()).toBe(true)
  await house.change(house.alex, { active: true })
  await house.deliver()
  expect(await flagged()).toBe(false)

  await house.main.stores.roles.remove((await house.role('junior-manager')).id)
  house.pass(DAY)
  await house.until(flagged, 'the daily look flags it')
  expect((await house.main.stores.requests.find(id))?.request.state).toMatchObject({ kind: 'waiting', unassigned: true })
})
