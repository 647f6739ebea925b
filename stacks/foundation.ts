/** What every function stands on: the table, the vault, and the words that it is told about both. */

import type { Environment, FunctionOptions, Given } from '../infra/functions.ts'
import type { Arns } from '../infra/grants.ts'
import { createTable, INDEX } from '../infra/table.ts'
import { createVault } from '../infra/vault.ts'

export type Foundation = {
  readonly table: sst.aws.Dynamo
  /** For a function that opens tenants, with what is its own besides. */
  readonly options: (own: { arns?: Arns; environment?: Environment }) => FunctionOptions
}

export function deployFoundation(given: Given): Foundation {
  const table = createTable(given)
  const vault = createVault(given)
  const arns: Arns = {
    table: [table.arn],
    index: [$interpolate`${table.arn}/index/${INDEX}`],
    ...(vault.key ? { vault_key: [vault.key.arn] } : {}),
    ...(vault.parameterArn ? { vault_parameter: [vault.parameterArn] } : {}),
  }
  const environment = {
    GATEHOUSE_TABLE: table.name,
    GATEHOUSE_VAULT: vault.address,
    GATEHOUSE_BASE_DOMAIN: given.settings.baseDomain,
    GATEHOUSE_CERTIFICATE_ORIGIN: given.settings.certificateHost && `https://${given.settings.certificateHost}`,
  }
  return {
    table,
    options: (own) => ({ ...given, arns: { ...arns, ...own.arns }, environment: { ...environment, ...own.environment } }),
  }
}
