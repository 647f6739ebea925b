/** The cloud in a box: runs a computed plan on loopback. Nothing of the house is in this process but what a test, or the seed, opens in it. */
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type NameServer, openNameServer } from '../../fixture/name_server.ts'
import { openDistributionTenants } from './apis/distribution_tenants.ts'
import { openEmulator } from './apis/emulator.ts'
import { type Caller, openCallers } from './aws/callers.ts'
import { openEndpoint } from './aws/endpoint.ts'
import { type Faults, openFaults } from './aws/faults.ts'
import { openApis, openStoresOf, type Stores, type World } from './aws_apis.ts'
import { type BoxClock, openBoxClock } from './box_clock.ts'
import { createTable } from './create_table.ts'
import { type Functions, openFunctions } from './functions/functions.ts'
import { type Certificates, makeCertificates } from './gateway/certificate_authority.ts'
import { openEdgeFunction } from './gateway/edge_function.ts'
import { type Gateway, openGateway } from './gateway/gateway.ts'
import { type Authority, openAuthority } from './iam/authority.ts'
import { parsePolicy } from './iam/policy.ts'
import { type Inbox, openInbox } from './inbox.ts'
import { readAssets, readInvocations } from './plan/deployment.ts'
import { readDistributions, readEdgeFunctions, readHosts, readKeyValues, readOrigins } from './plan/edge.ts'
import { onThisMachine } from './plan/on_this_machine.ts'
import { readPolicies } from './plan/policies.ts'
import type { Plan } from './plan/resources.ts'
import { readFunctions, readMachines, readMappings, readRules } from './plan/sources.ts'
import { readTable } from './plan/stores.ts'
import { type EventBus, executionEvent, openEventBus } from './sources/event_bus.ts'
import { type Executions, openExecutions } from './sources/executions.ts'
import { openQueueSource, type Source } from './sources/queue_source.ts'
import { openStreamSource, type StreamRecord, type StreamSource } from './sources/stream_source.ts'
import { openStreetDoor } from './street_door.ts'

export type BoxOptions = {
  readonly plan: Plan
  /** Of the front door, on this machine alone. */
  readonly port: number
  /** With a folder for each function: what `buildFunctions` made. */
  readonly bundles: string
  readonly assets: string
  /** Of DynamoDB Local; several boxes may share one. */
  readonly emulator: string
  /** The rest of the internet, as functions may see it: https at a name, and what answers there on this machine. */
  readonly hosts?: Readonly<Record<string, URL>>
  /** Processes of one function at the same time. */
  readonly concurrency?: number
}

export type Box = Stores & {
  readonly plan: Plan
  readonly origin: string
  readonly region: string
  readonly account: string
  readonly certificates: Certificates
  readonly authority: Authority
  readonly faults: Faults
  readonly clock: BoxClock
  readonly functions: Functions
  readonly executions: Executions
  readonly events: EventBus
  readonly gateway: Gateway
  readonly inbox: Inbox
  readonly world: World
  /** What functions are told by DNS. */
  readonly names: NameServer
  /** May do everything: whoever deploys, operates, seeds. */
  readonly operator: Caller
  /** Where all services answer. */
  readonly endpoint: string
  /** Changes batches of the stream on their way. */
  meddle(change: ((batch: readonly StreamRecord[]) => readonly StreamRecord[]) | undefined): void
  /** What went wrong in the box itself, or would not have been possible in AWS. */
  problems(): readonly string[]
  /** Resolves when everything that has happened has had its consequences. Rejects where that does not come about in time. */
  idle(seconds?: number): Promise<void>
  close(): Promise<void>
}

const REGION = 'eu-central-1'
const OPERATOR = 'operator'
const IDLE_SECONDS = 30
/** Public by its form, and nobody's since 2006 (RFC 3701). */
const NOBODYS = '3ffe::'

export async function openBox({
  plan: planned,
  port,
  bundles,
  assets,
  emulator: address,
  concurrency = 3,
  hosts = {},
}: BoxOptions): Promise<Box> {
  const { plan, host, hostNames } = onThisMachine(planned, port)
  const table = readTable(plan)
  const account = table.arn.split(':')[4] ?? ''
  const [region, operatorArn] = [REGION, `arn:aws:iam::${account}:role/${OPERATOR}`]
  const problems: string[] = []
  const report = (problem: string) => void problems.push(problem)
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-box-'))
  const certificates = makeCertificates([...hostNames, ...Object.keys(hosts)])
  await writeFile(join(folder, 'authority.pem'), certificates.authority)
  const closing: (() => Promise<unknown> | undefined)[] = [() => rm(folder, { recursive: true, force: true })]

  try {
    const world: World = { bouncing: new Set(), optedOut: new Set(), deaf: false, random: Math.random }
    const emulator = openEmulator(address)
    const localStreamArn = await createTable(emulator, table)
    // Ctrl-C reaches the emulator as well: where it is gone, so is the table.
    closing.unshift(() => emulator.ask('DynamoDB_20120810.DeleteTable', JSON.stringify({ TableName: table.name })).catch(() => {}))
    const street: Record<string, { address: string; port: number }> = {}
    for (const [name, behind] of Object.entries(hosts)) {
      const door = await openStreetDoor(certificates, behind, () => world.deaf)
      closing.unshift(door.close)
      street[name] = { address: `${NOBODYS}${door.port.toString(16)}`, port: door.port }
    }

    const names = await openNameServer()
    closing.unshift(names.close)

    const policies = readPolicies(plan)
    const everything = parsePolicy(OPERATOR, { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } })
    const authority = openAuthority({ ...policies, roles: new Map([...policies.roles, [operatorArn, everything]]), account })
    const callers = openCallers()
    const operator = callers.admit(operatorArn, OPERATOR)
    const [faults, clock] = [openFaults(), openBoxClock()]
    const stores = openStoresOf(plan, clock)
    const inbox = openInbox(join(folder, 'inbox.sqlite'), `https://${host}`)
    closing.unshift(async () => inbox.close())

    let endpointUrl = ''
    const functions = openFunctions({
      definitions: readFunctions(plan, { bundles, region, account }).filter(({ bundle }) => existsSync(bundle)),
      callers,
      authority,
      region,
      account,
      environment: () => ({ AWS_ENDPOINT_URL: endpointUrl, NODE_EXTRA_CA_CERTS: join(folder, 'authority.pem') }),
      street,
      nameServer: names.address,
      concurrency,
    })
    closing.unshift(functions.close)
    const events = openEventBus({ rules: readRules(plan), functions, authority, account })
    const executions = openExecutions({
      machines: readMachines(plan),
      functions,
      authority,
      clock,
      ended: (execution) => void events.send(executionEvent(execution, account)),
    })
    closing.unshift(executions.stop)
    const keyValues = readKeyValues(plan)
    const leadsTo = (name: string) => names.records.get(`CNAME ${name}`) ?? []
    const distributionTenants = openDistributionTenants({ ...readHosts(plan), account, leadsTo })
    const apis = await openApis({
      plan,
      region,
      account,
      authority,
      functions,
      executions,
      emulator,
      world,
      distributionTenants,
      keyValues,
      mailed: inbox.mailed,
      texted: inbox.texted,
      ...stores,
    })
    closing.unshift(apis.close)
    const endpoint = await openEndpoint({ apis: apis.byName, authority, callers, faults, report, kill: functions.killSession })
    closing.unshift(endpoint.close)
    endpointUrl = endpoint.url

    let meddling: ((batch: readonly StreamRecord[]) => readonly StreamRecord[]) | undefined
    const sources: Source[] = []
    const streams: StreamSource[] = []
    for (const mapping of readMappings(plan)) {
      if (mapping.sourceArn !== table.streamArn) {
        sources.push(openQueueSource({ mapping, ...stores, functions, authority, region }))
        continue
      }
      const meddle = (batch: readonly StreamRecord[]) => meddling?.(batch) ?? batch
      const { buckets } = stores
      const stream = openStreamSource({
        mapping,
        emulator,
        localStreamArn,
        functions,
        authority,
        buckets,
        meddle,
        report,
      })
      streams.push(stream)
    }
    closing.unshift(async () => {
      for (const source of [...sources, ...streams]) source.stop()
    })

    for (const { bucket, key, object } of readAssets(plan, assets)) stores.buckets.put(bucket, key, object)
    const gateway = openGateway({
      distributions: readDistributions(plan),
      findTenantsDistribution: distributionTenants.findDistribution,
      origins: readOrigins(plan),
      edgeFunctions: new Map(
        readEdgeFunctions(plan).map(({ arn, code, storeArn }) => [
          arn,
          openEdgeFunction(code, { store: keyValues.get(storeArn ?? ''), log: report, random: () => world.random() }),
        ]),
      ),
      functions,
      buckets: stores.buckets,
      authority,
      account,
      now: clock.now,
      report,
    })
    gateway.intercept(inbox.window)
    await gateway.listen(port, certificates)
    closing.unshift(gateway.close)

    // A deployment's last step.
    for (const { functionArn, input } of readInvocations(plan)) {
      const { error } = await functions.invoke(functionArn, input)
      if (error)
        throw new Error(
          `the deployment's invocation of ${functionArn} failed: ${error.errorMessage}\n${functions.logs(functionArn).join('\n')}`,
        )
    }

    const isQuiet = () =>
      sources.every((source) => source.idle()) && functions.busy() === 0 && executions.busy() === 0 && events.busy() === 0

    return {
      ...stores,
      plan,
      origin: `https://${host}`,
      region,
      account,
      certificates,
      authority,
      faults,
      clock,
      functions,
      executions,
      events,
      gateway,
      inbox,
      world,
      names,
      operator,
      endpoint: endpoint.url,
      meddle: (change) => {
        meddling = change
      },
      problems: () => problems,
      async idle(seconds = IDLE_SECONDS) {
        const end = Date.now() + seconds * 1000
        for (let rounds = 0; Date.now() < end; ) {
          await Promise.all(streams.map((stream) => stream.caughtUp()))
          rounds = isQuiet() ? rounds + 1 : 0
          // What a queue's message wrote is in the stream a moment later.
          if (rounds === 2) return
          await pause(10)
        }
        throw new Error(`something still goes on in the box after ${seconds} s`)
      },
      close: () => closeAll(closing),
    }
  } catch (error) {
    await closeAll(closing)
    throw error
  }
}

/** In the order in which they stand: what was opened last is closed first. */
async function closeAll(closing: readonly (() => Promise<unknown> | undefined)[]): Promise<void> {
  for (const close of closing) await close()
}
