/** What a computed plan is. */

export type PlannedResource = {
  /** Pulumi's: `aws:lambda/function:Function`. */
  readonly type: string
  readonly name: string
  readonly id: string
  readonly inputs: Readonly<Record<string, unknown>>
  /** What AWS would say of it, as far as others read it. */
  readonly outputs: Readonly<Record<string, unknown>>
  /** Paths into `inputs` of what the state keeps encrypted. */
  readonly secrets: readonly string[]
  /** `sst remove` refuses. */
  readonly protect: boolean
  /** `sst remove` forgets it, and leaves it in AWS. */
  readonly retain: boolean
}

export type Plan = {
  readonly stage: string
  /** Each after those that it is made of. */
  readonly resources: readonly PlannedResource[]
  /** What the deployment prints. */
  readonly outputs: Readonly<Record<string, unknown>>
}

/** Output values that the caller chooses, by a resource's type or its name: `{ DoorDistribution: { domainName: 'box.test' } }`. */
export type Answers = Readonly<Record<string, Readonly<Record<string, unknown>>>>

export type PlanOptions = {
  readonly stage: string
  readonly answers?: Answers
  /** As a deployer would set them (`GATEHOUSE_BASE_DOMAIN`, `GATEHOUSE_SWITCHES`); nothing of the caller's own environment decides. */
  readonly environment?: Readonly<Record<string, string>>
}
