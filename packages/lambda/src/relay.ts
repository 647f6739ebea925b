/** The function `relay`: what follows from each write that carried an event. Called by the table's stream, or by an operator for what once failed. */
import { openHandlers } from '@gatehouse/relay/handlers.ts'
import { parseRelay } from './environment.ts'
import { openBackgroundHouse } from './house.ts'
import { openFailures, openRelayPorts } from './ports.ts'
import { type BatchResult, relayBatch, type StreamEvent } from './relay_batch.ts'
import { type Replay, type Replayed, replayFailures } from './relay_replay.ts'

const environment = parseRelay(process.env)
const ports = openRelayPorts(environment)
const { mailDomain } = environment
const handle = openHandlers({ ...openBackgroundHouse(ports, environment), ports, ...(mailDomain === undefined ? {} : { mailDomain }) })
const relay = (event: StreamEvent) => relayBatch({ handle, log: ports.log }, event)

export async function handler(event: StreamEvent | { readonly replay: Replay }): Promise<BatchResult | Replayed> {
  if (!('replay' in event)) return relay(event)
  const { aws, failuresBucket } = environment
  if (failuresBucket === undefined) throw new Error('GATEHOUSE_FAILURES_BUCKET is not set: nothing was kept')
  return replayFailures(openFailures(aws, failuresBucket), relay, event.replay)
}
