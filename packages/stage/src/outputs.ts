/**
 * What a deployed stage says of itself: where it answers and what its parts are called. `infra/` writes it as JSON into one parameter of the Systems Manager's
 * store; the command line reads it from any machine with the account's credentials. Nothing in it is secret.
 */

export type StageOutputs = {
  readonly stage: string
  readonly region: string
  /** Scheme and host: the domain of the stage, or the address that CloudFront generated. */
  readonly origin: string
  /** Of the default tenant; `{issuer}/login` is the hosted sign-in. */
  readonly issuer: string
  /** The table's name. */
  readonly table: string
  /** By the function's name in `packages/lambda/src`. */
  readonly functions: Readonly<Record<string, StageFunction>>
  /** The distribution's id. */
  readonly distribution: string
  /** That of the tenants' own domains, where the stage has one: each of them is a distribution tenant. */
  readonly hostsDistribution?: string
  /** Where browsers show certificates, and the distribution in front of it, where the stage has them. */
  readonly certificateOrigin?: string
  readonly certificatesDistribution?: string
  /** ARN. */
  readonly stateMachine: string
  /** Addresses of the queues in which something that failed waits for a person, by what is in them: `messages`, `feedback`. */
  readonly deadLetterQueues: Readonly<Record<string, string>>
  /** The bucket where the relay's failures are kept. */
  readonly failuresBucket: string
  /** Every alarm of the stage is named by it and a word more: `gatehouse-production-` and `relay-age`. */
  readonly alarmPrefix: string
  readonly baseDomain?: string
  readonly mailDomain?: string
  /** The sender id or the number that text messages come from. */
  readonly textSender?: string
  /** When the door secret in use was made, ISO 8601. */
  readonly doorSecretSince?: string
}

export type StageFunction = { readonly name: string; readonly logGroup: string }

export function outputsParameter(stage: string): string {
  return `/gatehouse/${stage}/outputs`
}
