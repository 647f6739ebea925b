/** What differs from stage to stage: all of it is here. */

export type StageKind = 'personal' | 'staging' | 'production'

export type Switch = 'waf' | 'vpc' | 'provisioned_concurrency' | 'replicas'

export type Stage = {
  readonly kind: StageKind
  /** What holds people's data outlives `sst remove`, cannot be deleted by accident, and can be put back to any second of the last 35 days. */
  readonly keepsData: boolean
  /** Seals the tenants' keys. A KMS key costs a dollar a month, a parameter nothing. */
  readonly vault: 'kms' | 'ssm'
  readonly logDays: number
  /** Somebody is told when something is wrong. */
  readonly alarms: boolean
  /** Raised by one, a deployment makes a new door secret; the one before is still taken, the one before that no more. */
  readonly doorSecretVersion: number
  readonly switches: ReadonlySet<Switch>
}

const SWITCHED_OFF: ReadonlySet<Switch> = new Set()

export const STAGES: Readonly<Record<StageKind, Stage>> = {
  personal: { kind: 'personal', keepsData: false, vault: 'ssm', logDays: 7, alarms: false, doorSecretVersion: 1, switches: SWITCHED_OFF },
  staging: { kind: 'staging', keepsData: true, vault: 'kms', logDays: 30, alarms: true, doorSecretVersion: 1, switches: SWITCHED_OFF },
  production: {
    kind: 'production',
    keepsData: true,
    vault: 'kms',
    logDays: 90,
    alarms: true,
    doorSecretVersion: 1,
    switches: SWITCHED_OFF,
  },
}

/** Any other name is somebody's own stage. */
export function stageOf(name: string): Stage {
  return STAGES[name === 'production' || name === 'staging' ? name : 'personal']
}
