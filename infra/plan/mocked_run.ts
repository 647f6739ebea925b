/**
 * Runs inside the bundled program: the resources are made against Pulumi's mocks, and what they were made of is written to the file
 * that `GATEHOUSE_PLAN_OUT` names once nothing is left to do.
 */
import crypto from 'node:crypto'
import { writeFileSync } from 'node:fs'
import * as pulumi from '@pulumi/pulumi'
import { MockMonitor } from '@pulumi/pulumi/runtime/mocks.js'
import { answerCall, answerResource } from './answers.ts'
import { serveRpc } from './local_rpc.ts'
import { plain, secretPaths } from './plain.ts'
import type { Answers, PlannedResource } from './plan.ts'

type Made = PlannedResource & { readonly after: readonly string[] }

export async function mockedRun(app: { readonly name: string; readonly stage: string }, program: () => Promise<unknown>): Promise<void> {
  const answers: Answers = JSON.parse(process.env.GATEHOUSE_PLAN_ANSWERS ?? '{}')
  const out = process.env.GATEHOUSE_PLAN_OUT ?? ''
  process.env.SST_SERVER = await serveRpc()
  physicalNamesRepeat()
  promisesRememberLess()

  const made: Made[] = []
  const options = noteOptions()
  await pulumi.runtime.setMocks(
    {
      call: ({ token, inputs }) => answerCall(token, plain(inputs)),
      newResource({ type, name, inputs: raw, custom, id: wanted }) {
        const inputs = plain(raw)
        const { id, outputs } = answerResource({ type, name, inputs, ...(wanted ? { id: wanted } : {}) }, answers)
        const { after, protect, retain, secrets } = options(type, name)
        if (custom !== false) made.push({ after, type, name, id, inputs, outputs, secrets, protect, retain })
        return { id, state: { ...inputs, ...outputs } }
      },
    },
    app.name,
    app.stage,
    false,
    'organization',
  )

  let outputs: unknown
  let failure: unknown
  process.on('unhandledRejection', (error) => {
    failure ??= error
  })
  // nothing is left that could still make a resource: Pulumi's own queue, the calls to sst, and what waits for either
  process.once('beforeExit', () => {
    if (failure) {
      console.error(failure)
      process.exitCode = 1
    } else writeFileSync(out, JSON.stringify({ resources: inOrder(made), outputs }))
  })
  await pulumi.runtime.runInPulumiStack(async () => {
    const result = await program()
    pulumi.output({ result }).apply((settled) => {
      outputs = settled.result
    })
    return {}
  })
}

/** sst ends each physical name with random letters; here they are the same each time. */
function physicalNamesRepeat(): void {
  Object.assign(crypto, { randomBytes: (size: number) => Buffer.alloc(size, 7) })
}

/** Pulumi notes with each promise where it was made, by a package that looks every line up in its source: nine tenths of the time. Lines are wanted of a failure only. */
function promisesRememberLess(): void {
  const frames = process.execArgv.includes('--enable-source-maps') ? 4 : 0
  Object.assign(Error, { prepareStackTrace: undefined, stackTraceLimit: frames })
}

type Options = Pick<Made, 'after' | 'protect' | 'retain' | 'secrets'>

/** Mocks are not told of a resource's options: they are taken from the request on its way. */
function noteOptions(): (type: string, name: string) => Options {
  const noted = new Map<string, Options>()
  const register = MockMonitor.prototype.registerResource
  MockMonitor.prototype.registerResource = function (this: MockMonitor, request, callback) {
    noted.set(`${request.getType()}::${request.getName()}`, {
      after: request.getDependenciesList().map(ownKey),
      protect: request.getProtect(),
      retain: request.getRetainondelete(),
      secrets: secretPaths(request.getObject()?.toJavaScript() ?? {}),
    })
    return register.call(this, request, callback)
  }
  return (type, name) => noted.get(`${type}::${name}`) ?? { after: [], protect: false, retain: false, secrets: [] }
}

/** `urn:pulumi:stage::app::sst:aws:Function$aws:iam/role:Role::TokenRole` -> `aws:iam/role:Role::TokenRole`. */
function ownKey(urn: string): string {
  const [, , types = '', name = ''] = urn.split('::')
  return `${types.slice(types.lastIndexOf('$') + 1)}::${name}`
}

/** Each after those that it is made of; else by type and name, so that two runs agree. */
function inOrder(made: readonly Made[]): PlannedResource[] {
  const known = new Set(made.map(({ type, name }) => `${type}::${name}`))
  const waiting = [...made].sort((a, b) => `${a.type} ${a.name}`.localeCompare(`${b.type} ${b.name}`, 'en'))
  const done = new Set<string>()
  const ordered: PlannedResource[] = []
  while (waiting.length > 0) {
    const next = waiting.findIndex((resource) => resource.after.every((key) => done.has(key) || !known.has(key)))
    const [resource] = waiting.splice(Math.max(next, 0), 1)
    if (!resource) break
    const { after: _, ...planned } = resource
    done.add(`${planned.type}::${planned.name}`)
    ordered.push(planned)
  }
  return ordered
}
