/** What the box is made of, and whether it is here: DynamoDB Local with its Java, the built functions, the computed plan. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findDynamodbLocal } from '../contract/dynamodb_local.ts'
import type { Extra } from '../extras.ts'
import { ROOT } from '../house.ts'
import type { BoxOptions } from './box/open_box.ts'

/** The stage that the box runs: of production's kind, since that is where it matters. */
export const STAGE = 'production'

/** What a deployer would set: an address to send from, countries for text messages. */
const DEPLOYER = { GATEHOUSE_MAIL_DOMAIN: 'mail.gatehouse.example', GATEHOUSE_TEXT_COUNTRIES: 'US,DE' }

/** Where tenants live: by path at the one host that CloudFront gives, or each at a host of its own below a base domain. */
export type Tenants = 'by_path' | 'by_host'
export const DEPLOYERS: Readonly<Record<Tenants, Readonly<Record<string, string>>>> = {
  by_path: DEPLOYER,
  by_host: { ...DEPLOYER, GATEHOUSE_BASE_DOMAIN: 'id.gatehouse.example', GATEHOUSE_HOSTED_ZONE: 'gatehouse.example' },
}

export type FoundBox = Extra & { readonly directory: string; parts(tenants: Tenants): Promise<Omit<BoxOptions, 'port'>> }

/** Set by the suite's set-up: one DynamoDB Local for all of its boxes. */
export const EMULATOR = 'GATEHOUSE_BOX_EMULATOR'

const BUILD = join(ROOT, '.build')
export const planFile = (tenants: Tenants): string => join(BUILD, `box_plan.${STAGE}.${tenants}.json`)

export function findBox(environment: NodeJS.ProcessEnv): FoundBox {
  const emulator = findDynamodbLocal(environment)
  return {
    ...emulator,
    async parts(tenants) {
      const file = planFile(tenants)
      if (!existsSync(file)) throw new Error(`${file} is missing: the suite's set-up computes it`)
      return {
        plan: JSON.parse(await readFile(file, 'utf8')),
        bundles: join(BUILD, 'lambda'),
        assets: join(BUILD, 'cloud_assets'),
        emulator: environment[EMULATOR] ?? '',
      }
    },
  }
}
