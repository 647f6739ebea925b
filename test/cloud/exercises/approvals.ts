/** A registration in two levels: forms, stream, executions, queue, mails; and what happens when its execution dies. */
import { must, type Scene } from './scene.ts'

export async function isApprovedInTwoLevels(scene: Scene): Promise<void> {
  const userName = scene.newName()
  const requestId = await scene.apply(userName)
  must(
    (await scene.mails('alex@pickup.example', '')).some(({ text }) => text.includes(requestId)),
    'no mail came for Alex',
  )
  const alex = await scene.signIn('alex', 'alex123')
  const tasks = await scene.asks(alex, 'GET', '/approvals')
  must(JSON.stringify(tasks.body).includes(requestId), 'Alex does not see the task')
  const decided = await scene.asks(alex, 'GET', '/approvals?state=decided')
  must(decided.status === 200, `what Alex decided was answered with ${decided.status}`)
  const claimed = await scene.asks(alex, 'POST', `/approvals/${requestId}/claim`, { level: 0 })
  must(claimed.status === 200, `the task was not claimed: ${claimed.status} ${JSON.stringify(claimed.body)}`)
  await scene.decide(alex, requestId, 'approve')
  must(
    (await scene.mails('cameron@pickup.example', '')).some(({ text }) => text.includes(requestId)),
    'no mail came for Cameron',
  )
  const cameron = await scene.signIn('cameron', 'cameron123')
  await scene.decide(cameron, requestId, 'approve')
  must((await scene.mails(`${userName}@example.org`, 'is ready')).length === 1, 'the person was not told')
  await scene.signIn(userName)
}

export async function isRejected(scene: Scene): Promise<void> {
  const userName = scene.newName()
  const requestId = await scene.apply(userName)
  await scene.settled()
  await scene.decide(await scene.signIn('alex', 'alex123'), requestId, 'reject')
  must((await scene.house.messages(`${userName}@example.org`)).length > 0, 'the person was not told')
  const execution = scene.box.executions.all().find(({ name }) => name.includes(requestId))
  must(execution?.status === 'SUCCEEDED', `the execution was not woken: it is ${execution?.status}`)
}

export async function outlivesItsExecution(scene: Scene): Promise<void> {
  const { box } = scene
  const userName = scene.newName()
  const requestId = await scene.apply(userName)
  await scene.settled()
  const running = () => box.executions.all().filter(({ name, status }) => name.includes(requestId) && status === 'RUNNING')
  const [execution] = running()
  must(execution, `no execution of ${requestId} runs`)
  await box.executions.abort(execution.executionArn)
  must(
    box.executions.log.some((line) => line.endsWith(execution.name)),
    'the log does not tell of it',
  )
  await scene.settled()
  must(running().length === 1, 'the sweeper entered the request again not once')
}

/** The person decides while the waiting task still stores its token: it sees so itself, and wakes its own execution. */
export async function isDecidedBeforeItWaits(scene: Scene): Promise<void> {
  const { box } = scene
  const alex = await scene.signIn('alex', 'alex123')
  const decided = Promise.withResolvers<void>()
  const stores = box.faults.plan({
    kind: 'delay',
    until: decided.promise,
    times: 100,
    when: ({ role, operation, input }) => role.endsWith('task') && operation === 'PutItem' && JSON.stringify(input).includes('TOK#'),
  })
  const requestId = await scene.apply(scene.newName())
  const end = Date.now() + 60_000
  while (stores() === 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20))
  must(stores() > 0, 'no task stored its token')
  try {
    await scene.decide(alex, requestId, 'reject')
    // Relay looks for a token, and finds none.
    await new Promise((resolve) => setTimeout(resolve, 1000))
  } finally {
    decided.resolve()
    box.faults.clear()
  }
  await scene.settled()
  const execution = box.executions.all().find(({ name }) => name.includes(requestId))
  must(execution?.status === 'SUCCEEDED', `the execution is ${execution?.status}: it still waits for a decision that was made`)
}

/** Nobody may decide: it is flagged, and whoever gets the role finds it. */
export async function waitsForSomebodyWithTheRole(scene: Scene): Promise<void> {
  const { users } = (await scene.administer('GET', '/users?userName=alex')) as { users: { id: string }[] }
  const alex = users[0]?.id ?? ''
  await scene.administer('PATCH', `/users/${alex}`, { roles: [] })
  let requestId: string
  try {
    await scene.settled()
    requestId = await scene.apply(scene.newName())
    await scene.settled()
    must(await isUnassigned(scene, requestId), 'the request is not flagged')
  } finally {
    await scene.administer('PATCH', `/users/${alex}`, { roles: ['junior-manager'] })
  }
  await scene.settled()
  must(!(await isUnassigned(scene, requestId)), 'the request is still flagged')
}

async function isUnassigned({ house }: Scene, requestId: string): Promise<boolean> {
  const { requests } = await house.context.stores.requests.list(100, { stands: 'unassigned' })
  return requests.some(({ id }) => id === requestId)
}
