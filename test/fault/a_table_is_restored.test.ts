/**
 * Backup and restore (docs/deploy.md), tried on DynamoDB Local: all items are exported, the table is lost with every execution, and the items go into a new
 * table. What people had goes on: the session, the refresh token, the approval that waits.
 */
import { readFileSync } from 'node:fs'
import { openAslWorkflow } from '@gatehouse/adapters/asl/open_asl_workflow.ts'
import { openDynamodbClient } from '@gatehouse/adapters/dynamodb/open_dynamodb_client.ts'
import { openDynamodbTable } from '@gatehouse/adapters/dynamodb/open_dynamodb_table.ts'
import { createTableDefinition } from '@gatehouse/adapters/dynamodb/table_definition.ts'
import type { Attributes, DynamodbClient } from '@gatehouse/adapters/dynamodb/wire.ts'
import type { RequestId } from '@gatehouse/core/ids.ts'
import type { User } from '@gatehouse/core/user.ts'
import { ensureSigningKeys } from '@gatehouse/identity/rotate_signing_keys.ts'
import type { Table } from '@gatehouse/ports/table.ts'
import { openStores } from '@gatehouse/store/stores.ts'
import type { ApprovalContext } from '@gatehouse/workflow/approval_context.ts'
import { saveAssociation } from '@gatehouse/workflow/associations.ts'
import { decide } from '@gatehouse/workflow/decide.ts'
import { saveWorkflow } from '@gatehouse/workflow/definitions.ts'
import { APPROVAL_HANDLERS } from '@gatehouse/workflow/handlers.ts'
import { openRegistration } from '@gatehouse/workflow/open_request.ts'
import { sweepRequests } from '@gatehouse/workflow/sweep.ts'
import { approvalTasks } from '@gatehouse/workflow/tasks/approval_tasks.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { meteredTable, openMeter } from '../../infra/cost/metered_table.ts'
import { accessTo, type DynamodbLocal, findDynamodbLocal, startDynamodbLocal } from '../contract/dynamodb_local.ts'
import { describeExtra } from '../extras.ts'
import { CALLBACK, openSignInHouse, type SignInHouse, signIn } from '../fixture/sign_in_house.ts'

const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const definition = JSON.parse(readFileSync(new URL('../../packages/workflow/src/approval.asl.json', import.meta.url), 'utf8'))

const extra = findDynamodbLocal(process.env)

describeExtra('a table that was lost', extra, () => {
  let local: DynamodbLocal
  let client: DynamodbClient

  beforeAll(async () => {
    local = await startDynamodbLocal(extra.directory)
    client = openDynamodbClient({ access: accessTo(local.endpoint), timeoutMilliseconds: 20_000 })
  })
  afterAll(() => local?.stop())

  test('is restored from its items: session, refresh token and approval go on, and nothing is done twice', async () => {
    let table = await create('before')
    const house = await openSignInHouse(() => standing(() => table))
    await ensureSigningKeys(await house.context())
    const jar = house.jar()
    const tokens = await redeem(house, await codeFrom(jar, house))
    const approvals = await openApprovals(house)
    const requestId = await approvals.register('kim')
    await approvals.decide(requestId, 0, 'alex')
    expect(await approvals.stateOf(requestId)).toMatchObject({ kind: 'waiting', level: 1 })

    const exported = await exportAll('before')
    await approvals.loseExecutions()
    await client('DeleteTable', { TableName: 'before' })
    expect((await house.authorize(jar)).status, 'nobody is served without the table').toBeGreaterThanOrEqual(500)
    table = await create('after')
    await restore('after', exported)
    // Containers that outlived the restore hold nothing for longer than that.
    house.pass(60)

    const again = await house.authorize(jar)
    expect(again.url.searchParams.get('code'), 'no password is asked').not.toBeNull()
    const fresh = await refresh(house, tokens.refresh_token)
    expect(fresh.refresh_token).not.toBe(tokens.refresh_token)
    expect(await approvals.sweep()).toBe(1)
    await approvals.decide(requestId, 1, 'cameron')
    await approvals.ended()
    expect(await approvals.stateOf(requestId)).toMatchObject({ kind: 'approved' })
    const decisions = (await house.stores().requests.find(requestId, { consistent: true }))?.decisions
    expect(decisions?.map(({ level, verdict }) => `${level} ${verdict}`)).toEqual(['0 approve', '1 approve'])
    expect((await house.stores().users.findByName('kim'))?.active).toBe(true)

    await approvals.stop()
    house.close()
  })

  async function create(tableName: string): Promise<Table> {
    // The emulator's first answer may come so late that the client has asked again.
    await client('CreateTable', createTableDefinition(tableName)).catch((error: { code?: string }) => {
      if (error.code !== 'ResourceInUseException') throw error
    })
    return openDynamodbTable({ client, tableName, transactionUnits: 'computed' })
  }

  /** As DynamoDB's export and its own restore have them: every item, as it is. */
  async function exportAll(tableName: string): Promise<Attributes[]> {
    const items: Attributes[] = []
    let start: Attributes | undefined
    do {
      const page: { Items?: Attributes[]; LastEvaluatedKey?: Attributes } = await client('Scan', {
        TableName: tableName,
        Limit: 7,
        ConsistentRead: true,
        ExclusiveStartKey: start,
      })
      items.push(...(page.Items ?? []))
      start = page.LastEvaluatedKey
    } while (start !== undefined)
    return items
  }

  async function restore(tableName: string, items: readonly Attributes[]): Promise<void> {
    for (let from = 0; from < items.length; from += 25) {
      const RequestItems = { [tableName]: items.slice(from, from + 25).map((Item) => ({ PutRequest: { Item } })) }
      const { UnprocessedItems = {} } = await client<{ UnprocessedItems?: object }>('BatchWriteItem', { RequestItems })
      expect(UnprocessedItems).toEqual({})
    }
  }
})

/** The table that the stage points at, whichever that is at the moment. */
function standing(table: () => Table): Table {
  return {
    get: (...given) => table().get(...given),
    put: (...given) => table().put(...given),
    update: (...given) => table().update(...given),
    remove: (...given) => table().remove(...given),
    query: (...given) => table().query(...given),
    transact: (...given) => table().transact(...given),
  }
}

type Tokens = { readonly refresh_token: string }

async function codeFrom(jar: ReturnType<SignInHouse['jar']>, house: SignInHouse): Promise<string> {
  const asked = await signIn(jar, await house.authorize(jar))
  const code = (await jar.submit(asked, { decision: 'allow' })).url.searchParams.get('code')
  if (code === null) throw new Error('no code')
  return code
}

function redeem(house: SignInHouse, code: string): Promise<Tokens> {
  return token(house, { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, client_id: 'desk', code_verifier: VERIFIER })
}

function refresh(house: SignInHouse, refreshToken: string): Promise<Tokens> {
  return token(house, { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: 'desk' })
}

async function token(house: SignInHouse, form: Record<string, string>): Promise<Tokens> {
  const response = await house.fetch('/t/main/oauth2/token', { method: 'POST', body: new URLSearchParams(form) })
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`)
  return response.json() as Promise<Tokens>
}

/** Two levels, Alex and Cameron, a relay that runs after each act, and a workflow engine whose executions are in memory alone. */
async function openApprovals({ house, context, addUser }: SignInHouse) {
  const meter = openMeter()
  const { clock, random, table } = house.ports
  const log = { write: () => {} }
  const stores = openStores({ clock, random, table: meteredTable(table, () => meter) })
  const { configuration } = await context()
  const contextOf = (tenantId: string, user?: User): ApprovalContext => {
    const actor = user ? { userId: user.id } : {}
    return { stores: stores.forTenant(tenantId), clock, random, log, actor, configuration }
  }
  const main = contextOf('main')
  const openEngine = () => {
    const workflow = openAslWorkflow({
      definition,
      clock,
      log,
      tickMilliseconds: 5,
      retryMilliseconds: 1,
      task: (...given) => tasks(...given),
    })
    const tasks = approvalTasks({
      contextOf: async (tenantId) => contextOf(tenantId),
      signal: (token, output) => workflow.signal(token, output),
    })
    return workflow
  }
  let workflow = openEngine()
  const relay = async (): Promise<void> => {
    for (const event of meter.events.splice(0)) await APPROVAL_HANDLERS[event.kind]?.(contextOf(event.tenant), event, workflow)
  }
  const until = async (what: () => Promise<boolean>): Promise<void> => expect.poll(what, { interval: 10 }).toBe(true)
  const stateOf = async (requestId: RequestId) => (await main.stores.requests.find(requestId, { consistent: true }))?.request.state

  for (const [userName, name] of Object.entries({ alex: 'junior-manager', cameron: 'senior-manager' })) {
    const role = await main.stores.roles.save({ id: `rol_${random.token(9)}`, name, permissions: [], version: 0 }, {})
    await addUser(userName, 'a long walk by the sea 7', { roles: [role.id] })
  }
  const levels = ['junior-manager', 'senior-manager'].map((role) => ({ name: role, approvers: { roles: [role] } }))
  await saveWorkflow(main, { name: 'add user', levels })
  await saveAssociation(main, { operation: 'self_registration', workflow: 'add user' })
  await relay()

  return {
    stateOf,
    async register(userName: string): Promise<RequestId> {
      const applicant = { userName, name: {}, emails: [], phoneNumbers: [], acceptances: [] }
      const opened = await openRegistration(main, applicant, 'phc')
      if (opened.kind !== 'waiting') throw new Error(`${userName} was created at once`)
      await relay()
      return opened.requestId
    },
    /** And waits until the next level, or the end, is there. */
    async decide(requestId: RequestId, level: number, userName: string): Promise<void> {
      const person = await main.stores.users.findByName(userName)
      await decide(contextOf('main', person), { requestId, level, verdict: 'approve' })
      await relay()
      await until(async () => {
        const state = await stateOf(requestId)
        return state?.kind !== 'waiting' || state.level > level
      })
    },
    /** Executions and task tokens are gone, as with a state machine that was deployed anew. */
    async loseExecutions(): Promise<void> {
      await workflow.stop()
      workflow = openEngine()
      meter.events.length = 0
    },
    sweep: () => sweepRequests(main, workflow),
    ended: () => until(async () => workflow.running() === 0),
    stop: () => workflow.stop(),
  }
}
