/** The inside of a house that runs in the box, for those who may: the stores over the same table, opened by the operator's key with the function `operate`'s own settings. */
import type { House } from '@gatehouse/http/house.ts'
import { parseBackground } from '@gatehouse/lambda/environment.ts'
import { contextOf, openBackgroundHouse } from '@gatehouse/lambda/house.ts'
import { openDoorPorts } from '@gatehouse/lambda/ports.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { Box } from './box/open_box.ts'

export type Inside = { readonly house: House; readonly context: TenantContext }

export async function openInside({ functions, operator, endpoint, region }: Box, tenant = 'main'): Promise<Inside> {
  const { credentials } = operator
  const environment = parseBackground({
    ...functions.find('operate')?.environment,
    AWS_REGION: region,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
  })
  // what it writes down is nobody's log
  const house = openBackgroundHouse({ ...openDoorPorts(environment), log: { write: () => {} } }, environment)
  const context = await contextOf(house, tenant)
  if (!context) throw new Error(`the box has no tenant ${tenant}: its plan calls operate with {"action":"ensure"}`)
  return { house, context }
}
