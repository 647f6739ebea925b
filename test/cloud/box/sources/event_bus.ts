/** EventBridge: rules on a schedule and on the state machine's executions; their targets are functions whose own policy lets the rule in. */
import type { Functions } from '../functions/functions.ts'
import type { Authority } from '../iam/authority.ts'
import { matchesPattern } from './event_pattern.ts'
import type { Execution } from './executions.ts'

export type Rule = {
  readonly arn: string
  readonly pattern: unknown
  readonly schedule: string | undefined
  readonly targets: readonly { readonly functionArn: string; readonly input: string | undefined }[]
}

export type EventBus = {
  /** Resolves when every target has run. */
  send(event: Readonly<Record<string, unknown>>): Promise<void>
  /** As if the time of every schedule had come. */
  ring(): Promise<void>
  busy(): number
}

export type EventBusOptions = {
  readonly rules: readonly Rule[]
  readonly functions: Functions
  readonly authority: Authority
  readonly account: string
}

export function openEventBus({ rules, functions, authority, account }: EventBusOptions): EventBus {
  let underWay = 0

  async function fire(rule: Rule, event: unknown): Promise<void> {
    underWay += 1
    try {
      await Promise.all(
        rule.targets.map(async ({ functionArn, input }) => {
          const context = { 'aws:sourcearn': rule.arn, 'aws:sourceaccount': account }
          const need = { action: 'lambda:InvokeFunction', resource: functionArn, context }
          if (!authority.judge({ kind: 'service', name: 'events.amazonaws.com' }, need).allowed) return
          const payload = input === undefined ? event : JSON.parse(input)
          // Asynchronous: Lambda tries it twice more.
          for (let tries = 0; tries < 3; tries++) if (!(await functions.invoke(functionArn, payload)).error) return
        }),
      )
    } finally {
      underWay -= 1
    }
  }

  return {
    send: async (event) => {
      const matching = rules.filter(({ pattern }) => pattern !== undefined && matchesPattern(pattern, event))
      await Promise.all(matching.map((rule) => fire(rule, event)))
    },
    ring: async () => {
      const event = { source: 'aws.events', 'detail-type': 'Scheduled Event', account, detail: {}, time: new Date().toISOString() }
      await Promise.all(
        rules.filter(({ schedule }) => schedule !== undefined).map((rule) => fire(rule, { ...event, resources: [rule.arn] })),
      )
    },
    busy: () => underWay,
  }
}

/** What Step Functions sends when an execution changes. */
export function executionEvent({ executionArn, stateMachineArn, name, status, input, startDate, cause }: Execution, account: string) {
  return {
    version: '0',
    source: 'aws.states',
    'detail-type': 'Step Functions Execution Status Change',
    account,
    region: executionArn.split(':')[3],
    time: new Date().toISOString(),
    resources: [executionArn],
    detail: { executionArn, stateMachineArn, name, status, input, startDate: startDate * 1000, cause: cause ?? null },
  }
}
