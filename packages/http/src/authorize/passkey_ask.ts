/** What a page asks the browser's passkeys, where its script gets the same anew, and what it tells whoever keeps them. */
import type { UnknownPasskey } from '@gatehouse/identity/passkeys/sign_in.ts'
import type { PasskeyAsk } from '@gatehouse/pages/passkey.tsx'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

export function passkeyAsk({ basePath }: Pick<TenantContext, 'basePath'>, options: object, unknown?: UnknownPasskey): PasskeyAsk {
  return {
    options: JSON.stringify(options),
    refreshHref: `${basePath}/login/passkey`,
    ...(unknown ? { unknown: JSON.stringify(unknown) } : {}),
  }
}
