/**
 * Compares a password with what is stored, by work that tells nothing: one hash at the present cost in every case, and in a tenant with hashes of other systems
 * the work of its dearest at every refusal (`core/password_hash/padding.ts`). A foreign hash whose password is known now is made anew.
 */
import type { PasswordHasher, Verify } from '@gatehouse/ports/password_hasher.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

/** As `PasswordHasher.admit` gives them. */
export type Admitted = { readonly verify: Verify; readonly hash: PasswordHasher['hash'] }

export type Comparison = { readonly right: false } | { readonly right: true; readonly renewed?: string }

/** Longer ones are nobody's: a policy allows at most 1,024 characters, each of one or two of JavaScript's. */
export const LONGEST_PASSWORD = 2048

/** `stored` is undefined where there is nobody, or no password. */
export async function comparePassword(
  { hasher, tenant }: Pick<TenantContext, 'hasher' | 'tenant'>,
  { verify, hash }: Admitted,
  stored: string | undefined,
  password: string,
): Promise<Comparison> {
  const fits = password.length <= LONGEST_PASSWORD
  const text = fits ? password : ''
  const foreign = stored !== undefined && !hasher.isCurrent(stored) ? stored : undefined
  const matches = (await verify(stored ?? (await hasher.dummy()), text)) && fits && stored !== undefined
  if (matches) return foreign === undefined ? { right: true } : { right: true, renewed: await hash(text) }
  if (foreign !== undefined) await verify(await hasher.dummy(), text)
  if (tenant.importedHashes !== undefined) {
    // Loaded where there are foreign hashes: most tenants have none.
    const { paddingFor } = await import('@gatehouse/core/password_hash/padding.ts')
    for (const dummy of paddingFor(tenant.importedHashes, foreign)) await verify(dummy, text)
  }
  return { right: false }
}
