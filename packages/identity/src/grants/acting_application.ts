/** Who acts at the token endpoint: an application, from its network. What it calls itself is left out: the item that carries it is to stay below 1 KB. */
import type { Actor } from '@gatehouse/core/event.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

export function actingApplication({ actor: { ip } }: TenantContext): Actor {
  return ip === undefined ? {} : { ip }
}
