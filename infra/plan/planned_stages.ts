/** The plans that are looked at: one of each kind of stage, and a production with a domain of its own. */
import type { PlanOptions } from './plan.ts'

export const PLANNED = {
  personal: { stage: 'jo' },
  staging: { stage: 'staging' },
  production: { stage: 'production' },
  production_with_domain: {
    stage: 'production',
    environment: {
      GATEHOUSE_BASE_DOMAIN: 'id.example.com',
      GATEHOUSE_HOSTED_ZONE: 'example.com',
      GATEHOUSE_ALARM_MAIL: 'operator@example.com',
      GATEHOUSE_TEXT_SENDER: 'GATEHOUSE',
      GATEHOUSE_TEXT_COUNTRIES: 'AT,CH,DE',
    },
  },
  everything_on: {
    stage: 'production',
    environment: {
      GATEHOUSE_BASE_DOMAIN: 'id.example.com',
      GATEHOUSE_SWITCHES: 'waf,vpc,provisioned_concurrency,replicas',
      GATEHOUSE_VPC_SUBNETS: 'subnet-1,subnet-2',
      GATEHOUSE_VPC_SECURITY_GROUPS: 'sg-1',
    },
  },
} as const satisfies Readonly<Record<string, PlanOptions>>

export type PlannedStage = keyof typeof PLANNED
export const PLANNED_STAGES = Object.keys(PLANNED) as PlannedStage[]
