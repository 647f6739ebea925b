/** What differs from stage to stage: all of it is here. */

export type StageKind = 'personal' | 'staging' | 'production'

export type Switch = 'waf' | 'vpc' | 'provisioned_concurrency' | 'replicas'

export type Stage = {
  readonly kind: StageKind
  /** What holds people's data outlives `sst remove`, cannot be deleted by accident, and can be put back to any second of the last 35 days. */
  readonly keepsData: boolean
  /** Seals the tenants' keys. A KMS key costs a dollar a month, a parameter nothing. */
  readonly vault: 'kms' | 'ssm'
  readonly logs: '1 week' | '1 month' | '3 months'
  /** Somebody is told when something is wrong. */
  readonly alarms: boolean
  /** Raised by one, a deployment makes a new door secret; the one before is still taken, the one before that no more. */
  readonly doorSecret: { readonly version: number; readonly since: string }
  /** What costs by the month and is not for everybody; `GATEHOUSE_SWITCHES` adds to it. */
  readonly switches: readonly Switch[]
}

const FIRST_SECRET = { version: 1, since: '2026-11-26' }

export const STAGES: Readonly<Record<StageKind, Stage>> = {
  personal: { kind: 'personal', keepsData: false, vault: 'ssm', logs: '1 week', alarms: false, doorSecret: FIRST_SECRET, switches: [] },
  staging: { kind: 'staging', keepsData: true, vault: 'kms', logs: '1 month', alarms: true, doorSecret: FIRST_SECRET, switches: [] },
  production: { kind: 'production', keepsData: true, vault: 'kms', logs: '3 months', alarms: true, doorSecret: FIRST_SECRET, switches: [] },
}

/** Any other name is somebody's own stage. */
export function stageOf(name: string): Stage {
  return STAGES[name === 'production' || name === 'staging' ? name : 'personal']
}
