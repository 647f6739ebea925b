/** The functions of the plan: started cold when an event comes and none is idle, a few at most of each; what they print goes to their log where their role lets it. */
import { randomUUID } from 'node:crypto'
import type { Caller, Callers } from '../aws/callers.ts'
import type { Authority } from '../iam/authority.ts'
import { type FunctionProcess, type Outcome, type Street, startProcess } from './process.ts'

export type FunctionDefinition = {
  readonly name: string
  readonly arn: string
  readonly roleArn: string
  readonly folder: string
  /** Absolute path of `index.mjs`. */
  readonly bundle: string
  readonly timeoutSeconds: number
  readonly memoryMegabytes: number
  readonly environment: Readonly<Record<string, string>>
  readonly logGroup: { readonly name: string; readonly arn: string }
}

export type Functions = {
  /** By name or ARN. */
  find(name: string): FunctionDefinition | undefined
  readonly all: readonly FunctionDefinition[]
  /** `trace` is what came as `X-Amzn-Trace-Id`. */
  invoke(arn: string, event: unknown, trace?: string): Promise<Outcome>
  /** Invocations that are under way. */
  busy(): number
  /** How often each function was started from nothing. */
  starts(): Readonly<Record<string, number>>
  /** By name: what was invoked, what of it reached the log, how much was to be traced, how much X-Ray knows of. */
  tally(): Readonly<Record<string, Readonly<Tally>>>
  logs(name: string): readonly string[]
  /** Ends the process that has this session, in the midst of what it does. */
  killSession(session: string): Promise<void>
  /** Ends the idle ones: the next event starts cold. */
  cool(): Promise<void>
  close(): Promise<void>
}

export type FunctionsOptions = {
  readonly definitions: readonly FunctionDefinition[]
  readonly callers: Callers
  readonly authority: Authority
  readonly region: string
  readonly account: string
  /** Added to every function's environment: the addresses of the services. */
  readonly environment: () => Readonly<Record<string, string>>
  readonly street: Street
  readonly nameServer: string
  /** Of one function at the same time. */
  readonly concurrency: number
}

type Environment = {
  readonly process: FunctionProcess
  readonly caller: Caller
  readonly session: string
  /** To the function's log. */
  readonly write: (line: string) => void
}
export type Tally = { invoked: number; logged: number; sampled: number; traced: number }
type Fleet = {
  readonly idle: Environment[]
  readonly waiting: (() => void)[]
  running: number
  starts: number
  readonly lines: string[]
  readonly tally: Tally
}

const KEPT_LINES = 2000

export function openFunctions(options: FunctionsOptions): Functions {
  const { definitions, callers, authority } = options
  const fleets = new Map<string, Fleet>(
    definitions.map(({ arn }) => [
      arn,
      { idle: [], waiting: [], running: 0, starts: 0, lines: [], tally: { invoked: 0, logged: 0, sampled: 0, traced: 0 } },
    ]),
  )
  const sessions = new Map<string, Environment>()
  let closed = false

  const find = (name: string) => definitions.find((one) => one.name === name || one.arn === name)
  const fleetOf = (arn: string): Fleet => {
    const fleet = fleets.get(arn)
    if (!fleet) throw new TypeError(`no function ${arn} in the plan`)
    return fleet
  }

  function start(definition: FunctionDefinition, fleet: Fleet): Environment {
    const session = `${definition.name}-${randomUUID().slice(0, 8)}`
    const caller = callers.admit(definition.roleArn, session)
    fleet.starts += 1
    const mayWrite = openLogStream(definition, caller, session)
    const write = (line: string) => {
      if (!mayWrite()) return
      fleet.tally.logged += 1
      fleet.lines.push(line)
      if (fleet.lines.length > KEPT_LINES) fleet.lines.shift()
    }
    const started = startProcess({
      bundle: definition.bundle,
      folder: definition.folder,
      street: options.street,
      nameServer: options.nameServer,
      environment: { ...options.environment(), ...environmentOf(definition, caller, options.region) },
      line: write,
      ended: () => {
        callers.dismiss(caller.credentials.accessKeyId)
        sessions.delete(session)
      },
    })
    const environment = { process: started, caller, session, write }
    sessions.set(session, environment)
    return environment
  }

  /** Lambda creates the stream and puts the lines with the function's own role; without the permission they are nowhere. */
  function openLogStream({ logGroup }: FunctionDefinition, { principal }: Caller, session: string): () => boolean {
    const resource = `${logGroup.arn}:log-stream:${session}`
    const may = (action: string) => authority.judge(principal, { action: `logs:${action}`, resource }).allowed
    return () => may('CreateLogStream') && may('PutLogEvents')
  }

  /** X-Ray is told by Lambda in the function's name; what it may not tell is not told. */
  function writeSegments({ principal }: Caller, tally: Tally): void {
    tally.sampled += 1
    const may = (action: string) => authority.judge(principal, { action: `xray:${action}`, resource: '*' }).allowed
    if (may('PutTraceSegments') && may('PutTelemetryRecords')) tally.traced += 1
  }

  return {
    all: definitions,
    find,
    async invoke(arn, event, trace = '') {
      const definition = find(arn)
      if (!definition || closed) throw new TypeError(closed ? 'the box is closed' : `no function ${arn} in the plan`)
      const fleet = fleetOf(definition.arn)
      while (fleet.running >= options.concurrency) await new Promise<void>((resolve) => fleet.waiting.push(resolve))
      fleet.running += 1
      let environment = fleet.idle.pop()
      while (environment && !environment.process.alive()) environment = fleet.idle.pop()
      environment ??= start(definition, fleet)
      fleet.tally.invoked += 1
      if (/;Sampled=1\b/.test(trace)) writeSegments(environment.caller, fleet.tally)
      try {
        const began = performance.now()
        const outcome = await environment.process.invoke(event, contextOf(definition), definition.timeoutSeconds * 1000)
        environment.write(reportLine(outcome, performance.now() - began))
        return outcome
      } finally {
        if (environment.process.alive()) fleet.idle.push(environment)
        fleet.running -= 1
        fleet.waiting.shift()?.()
      }
    },
    busy: () => [...fleets.values()].reduce((sum, fleet) => sum + fleet.running, 0),
    starts: () => Object.fromEntries(definitions.map(({ name, arn }) => [name, fleetOf(arn).starts])),
    tally: () => Object.fromEntries(definitions.map(({ name, arn }) => [name, { ...fleetOf(arn).tally }])),
    logs: (name) => fleetOf(find(name)?.arn ?? name).lines,
    killSession: async (session) => sessions.get(session)?.process.kill(),
    async cool() {
      const idle = [...fleets.values()].flatMap((fleet) => fleet.idle.splice(0))
      await Promise.all(idle.map(({ process }) => process.kill()))
    },
    async close() {
      closed = true
      await Promise.all([...sessions.values()].map(({ process }) => process.kill()))
    },
  }
}

/** What Lambda itself writes after each invocation. */
function reportLine({ error }: Outcome, milliseconds: number): string {
  const record = { status: error ? 'error' : 'success', metrics: { durationMs: Math.round(milliseconds) } }
  return JSON.stringify({ time: new Date().toISOString(), type: 'platform.report', record })
}

function contextOf({ name, arn, memoryMegabytes, logGroup }: FunctionDefinition) {
  return {
    awsRequestId: randomUUID(),
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: arn,
    memoryLimitInMB: String(memoryMegabytes),
    logGroupName: logGroup.name,
  }
}

/** What Lambda sets, then what the plan sets; nothing of the environment in which the box itself runs but the path. */
function environmentOf(definition: FunctionDefinition, { credentials }: Caller, region: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    _HANDLER: 'index.handler',
    LAMBDA_TASK_ROOT: definition.folder,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMegabytes),
    AWS_LAMBDA_LOG_GROUP_NAME: definition.logGroup.name,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    ...definition.environment,
  }
}
