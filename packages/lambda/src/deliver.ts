/** The function `deliver`: what its queues bring. Rendered messages go out by SES and SNS; what SES tells of addresses (bounces, complaints) is remembered. */
import { openCarrier } from '@gatehouse/messaging/carrier.ts'
import { takeFeedback } from '@gatehouse/messaging/take_feedback.ts'
import { openStores } from '@gatehouse/store/stores.ts'
import { openConfigurationCache } from '@gatehouse/store/tenant_context.ts'
import { type DeliverBatch, deliverBatch } from './deliver_batch.ts'
import { parseDeliver } from './environment.ts'
import { openBasePorts, openCarriers } from './ports.ts'

/** Longer than three tries over the wire of eight seconds each; the queue hides a message for longer still. */
const LEASE_MILLISECONDS = 40_000

const environment = parseDeliver(process.env)
const ports = openBasePorts(environment)
const stores = openStores(ports)
const carrier = openCarrier(
  {
    stores,
    cache: openConfigurationCache(ports.clock),
    log: ports.log,
    leaseMilliseconds: LEASE_MILLISECONDS,
    textCountries: environment.textCountries,
  },
  openCarriers(environment),
)

export const handler = (batch: DeliverBatch) =>
  deliverBatch({ ...carrier, feedback: (told) => takeFeedback(stores, told), log: ports.log }, batch)
