/** The only file of this roof that names adapters. Each function of it fills what one kind of function needs, so that a bundle holds no more than that. */
import { openArgon2 } from '@gatehouse/adapters/argon2/open_argon2.ts'
import { systemClock } from '@gatehouse/adapters/clock/system.ts'
import { openCloudFrontDoor } from '@gatehouse/adapters/cloudfront/open_cloudfront_door.ts'
import { openNames } from '@gatehouse/adapters/dns/open_names.ts'
import { openDynamodbClient } from '@gatehouse/adapters/dynamodb/open_dynamodb_client.ts'
import { openDynamodbTable } from '@gatehouse/adapters/dynamodb/open_dynamodb_table.ts'
import { eventOfRecord } from '@gatehouse/adapters/dynamodb/stream_record.ts'
import type { CloudVault } from '@gatehouse/adapters/key_vault/cloud_vault.ts'
import { openKmsVault } from '@gatehouse/adapters/kms/open_kms_vault.ts'
import { openStdoutLog } from '@gatehouse/adapters/log/open_stdout_log.ts'
import { noPlaces } from '@gatehouse/adapters/places/no_places.ts'
import { systemRandom } from '@gatehouse/adapters/random/system.ts'
import { type BucketReader, openS3Reader } from '@gatehouse/adapters/s3/open_s3_reader.ts'
import { openSesMailer } from '@gatehouse/adapters/ses/open_ses_mailer.ts'
import { parseSesFeedback } from '@gatehouse/adapters/ses/parse_feedback.ts'
import { openSnsTexter } from '@gatehouse/adapters/sns/open_sns_texter.ts'
import { openMessageQueue } from '@gatehouse/adapters/sqs/open_message_queue.ts'
import { openSsmVault } from '@gatehouse/adapters/ssm/open_ssm_vault.ts'
import { openStepFunctionsWorkflow } from '@gatehouse/adapters/step_functions/open_step_functions_workflow.ts'
import type { Clock } from '@gatehouse/ports/clock.ts'
import type { Egress } from '@gatehouse/ports/egress.ts'
import type { Log } from '@gatehouse/ports/log.ts'
import type { Mailer } from '@gatehouse/ports/mailer.ts'
import type { DomainPorts, DoorPorts, RelayPorts } from '@gatehouse/ports/ports.ts'
import type { Random } from '@gatehouse/ports/random.ts'
import type { Table } from '@gatehouse/ports/table.ts'
import type { Texter } from '@gatehouse/ports/texter.ts'
import type { Workflow } from '@gatehouse/ports/workflow.ts'
import type { Admin, Aws, Base, Deliver, Housed, Relay, Task } from './environment.ts'

export type { QueuedMessage } from '@gatehouse/adapters/sqs/open_message_queue.ts'
export type { BucketReader, CloudVault }
export { eventOfRecord, parseSesFeedback }

export type BasePorts = { readonly table: Table; readonly clock: Clock; readonly random: Random; readonly log: Log }

export function openBasePorts({ stage, functionName, aws, table }: Base): BasePorts {
  return {
    table: openDynamodbTable({ client: openDynamodbClient({ access: aws }), tableName: table }),
    clock: systemClock,
    random: systemRandom,
    log: openStdoutLog({ clock: systemClock, facts: { stage, function: functionName } }),
  }
}

/** What answers requests, and what every tenant's context is made of. */
export function openDoorPorts(environment: Housed): DoorPorts & { readonly vault: CloudVault } {
  const base = openBasePorts(environment)
  return { ...base, vault: openVault(environment, base.table), hasher: openArgon2(), egress: openEgressOnDemand(), places: noPlaces }
}

export function openWorkflow({ aws, stateMachine }: Task): Workflow {
  return openStepFunctionsWorkflow({ access: aws, stateMachineArn: stateMachine })
}

export function openRelayPorts(environment: Relay): RelayPorts & { readonly vault: CloudVault } {
  const { aws, messageQueue } = environment
  return {
    ...openDoorPorts(environment),
    ...openMessageQueue({ access: aws, queueUrl: messageQueue }),
    workflow: openWorkflow(environment),
  }
}

/** Undefined: the stage has one host only. */
export function openDomainPorts({ aws, hosts, baseDomain }: Admin): DomainPorts | undefined {
  if (hosts === undefined) return undefined
  return {
    names: openNames(),
    frontDoor: openCloudFrontDoor({ access: aws, ...hosts }),
    taken: baseDomain === undefined ? [] : [baseDomain],
  }
}

export function openFailures(aws: Aws, bucket: string): BucketReader {
  return openS3Reader({ access: aws, bucket })
}

/** What may be sent twice is sent again when no answer came; a one-time code is not. */
export function openCarriers({ aws, mailConfigurationSet, textSender }: Deliver): { readonly mailer: Mailer; readonly texter: Texter } {
  const mail = { access: aws, configurationSet: mailConfigurationSet }
  const text = { access: aws, sender: textSender }
  const mailers = { at_least: openSesMailer(mail), at_most: openSesMailer({ ...mail, whenLost: 'give_up' }) }
  const texters = { at_least: openSnsTexter(text), at_most: openSnsTexter({ ...text, whenLost: 'give_up' }) }
  return {
    mailer: { send: (message) => mailers[message.once].send(message) },
    texter: { send: (message) => texters[message.once].send(message) },
  }
}

/** Most requests send none: what judges addresses is loaded by the first that does. */
function openEgressOnDemand(): Egress {
  let opened: Promise<Egress> | undefined
  return {
    async send(request) {
      opened ??= import('@gatehouse/adapters/egress/open_egress.ts').then(({ openEgress }) => openEgress())
      return (await opened).send(request)
    },
  }
}

function openVault({ vault, aws }: Housed, table: Table): CloudVault {
  return vault.kind === 'kms'
    ? openKmsVault({ access: aws, keyArn: vault.keyArn, table })
    : openSsmVault({ access: aws, parameterName: vault.parameterName })
}
