/** At which host passkeys work: WebAuthn Level 3 section 5.1.2, the RP id. Asked by pages that do nothing else with them. */
import { passkeyPolicyOf } from '@gatehouse/core/tenant.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

const NAME = /^(?=.*[a-z])[a-z0-9.-]+$/

/** The exact host of the issuer; undefined where it has no name, only an address: there are no passkeys for one. */
function rpIdOf({ origin }: Pick<TenantContext, 'origin'>): string | undefined {
  const { hostname } = new URL(origin)
  return NAME.test(hostname) ? hostname : undefined
}

/** The host at which passkeys of this tenant work here; undefined: they do not. */
export function passkeyHost(ctx: TenantContext): string | undefined {
  return passkeyPolicyOf(ctx.tenant).allowed ? rpIdOf(ctx) : undefined
}
