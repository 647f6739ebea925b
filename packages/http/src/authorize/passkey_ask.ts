/** What a page asks the browser's passkeys, and where its script gets the same anew. */
import type { PasskeyAsk } from '@gatehouse/pages/passkey.tsx'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

export function passkeyAsk({ basePath }: Pick<TenantContext, 'basePath'>, options: object): PasskeyAsk {
  return { options: JSON.stringify(options), refreshHref: `${basePath}/login/passkey` }
}
