/** The configuration that a house is started with. */
import { issueAdministrationToken } from '@gatehouse/http/admin/administration_token.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { Fetch } from './configuration/api_client.ts'
import { type Applied, applyConfiguration } from './configuration/apply.ts'
import type { Configuration } from './configuration/read_file.ts'

/** Applies a configuration in process, as `gatehouse apply` does over the network: through the management API, with a token of the default tenant. */
export async function seed(
  ctx: TenantContext,
  fetch: Fetch,
  configuration: Configuration,
  say: (line: string) => void = () => {},
): Promise<Applied> {
  const { token } = await issueAdministrationToken(ctx)
  return applyConfiguration(configuration, { fetch, issuer: ctx.issuer, token, tenant: ctx.tenant.id, say })
}
