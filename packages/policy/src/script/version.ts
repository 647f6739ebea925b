/** A script's versions, named by their content: a sign-in goes on with the one that it began with, and the audit record says which one decided. */
import { IamError } from '@gatehouse/core/error.ts'
import type { KeyVault } from '@gatehouse/ports/key_vault.ts'
import type { ScriptVersion } from '@gatehouse/store/adaptive_journal.ts'
import { hashOf } from '@gatehouse/store/keys.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

export type Version = ScriptVersion & { readonly id: string }

export function versionOf(script: string, libraries: Readonly<Record<string, string>>): Version {
  // A script that requires nothing is the same script, whatever the tenant's libraries are.
  const used = /\brequire\b/.test(script) ? libraries : {}
  const content = JSON.stringify([script, Object.entries(used).sort(([a], [b]) => (a < b ? -1 : 1))])
  return { id: hashOf(content), script, libraries: used }
}

/** Those that this process has written. */
const kept = new WeakMap<KeyVault, Set<string>>()
const MOST_KEPT = 1_000

/** Before the first record that names it. Once per process and version. */
export async function keepVersion(ctx: TenantContext, { id, script, libraries }: Version): Promise<void> {
  const known = kept.get(ctx.vault) ?? new Set()
  kept.set(ctx.vault, known)
  const name = `${ctx.stores.id}\n${id}`
  if (known.has(name)) return
  await ctx.stores.adaptiveJournals.keepVersion(id, { script, libraries })
  if (known.size >= MOST_KEPT) known.clear()
  known.add(name)
}

export async function loadVersion(ctx: TenantContext, id: string): Promise<Version> {
  const found = await ctx.stores.adaptiveJournals.findVersion(id)
  if (found === undefined) throw new IamError('gone', 'the script of this sign-in is not there any more; start again from the application')
  return { id, ...found }
}
