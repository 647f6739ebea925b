/** What a tenant's scripts may know and nobody may read: sealed for the tenant and the secret's name, opened for a run, in no journal and no audit record. */
import type { ScriptVersion } from '@gatehouse/store/adaptive_journal.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

export async function sealScriptSecret(ctx: TenantContext, name: string, value: string): Promise<string> {
  return ctx.vault.seal(new TextEncoder().encode(value), contextOf(ctx, name))
}

/** By name; none where the script speaks of none. */
export async function openSecrets(ctx: TenantContext, { script, libraries }: ScriptVersion): Promise<Record<string, string>> {
  if (![script, ...Object.values(libraries)].some((text) => /\bsecrets\b/.test(text))) return {}
  const sealed = await ctx.stores.scriptSecrets.list()
  const opened = await Promise.all(
    sealed.map(
      async ({ name, sealed: text }) => [name, new TextDecoder().decode(await ctx.vault.unseal(text, contextOf(ctx, name)))] as const,
    ),
  )
  return Object.fromEntries(opened)
}

function contextOf(ctx: TenantContext, name: string): string {
  return `script_secret/${ctx.stores.id}/${name}`
}
