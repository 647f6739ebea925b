/**
 * Was a certificate revoked (RFC 5280 section 6.3, RFC 6960)? Asked of each certificate of a chain that was found in order, but not of the one that is trusted by
 * itself: so addresses are followed only where an authority of the tenant wrote them.
 */
import type { CertificateRevocation, RevocationAsked } from '@gatehouse/core/certificate_policy.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { askLists } from './lists.ts'
import type { CertificatePath } from './path.ts'
import type { ReadCertificate } from './read_certificate.ts'
import { askResponders } from './responder.ts'
import type { Link, Said } from './said.ts'

/** `said`: by whom, in plain words. */
export type RevocationProblem = { readonly because: 'revoked' | 'unchecked'; readonly said: string }

type Ask = (ctx: TenantContext, revocation: CertificateRevocation, link: Link, authorities: readonly ReadCertificate[]) => Promise<Said>

const ASKED: Readonly<Record<RevocationAsked, Ask>> = {
  crl: askLists,
  ocsp: askResponders,
  ocsp_then_crl: async (ctx, revocation, link, authorities) => {
    const answered = await askResponders(ctx, revocation, link)
    if (answered.kind === 'good' || answered.kind === 'revoked') return answered
    const listed = await askLists(ctx, revocation, link, authorities)
    return listed.kind === 'silent' ? { kind: answered.kind, words: `${answered.words}; ${listed.words}` } : listed
  },
}

export async function findRevocationProblem(
  ctx: TenantContext,
  revocation: CertificateRevocation,
  path: CertificatePath,
  authorities: readonly ReadCertificate[],
): Promise<RevocationProblem | undefined> {
  const ask = ASKED[revocation.ask ?? 'crl']
  const said = await Promise.all(linksOf(path).map((link) => ask(ctx, revocation, link, authorities)))
  const revoked = said.find(({ kind }) => kind === 'revoked')
  if (revoked !== undefined) return problem('revoked', revoked)
  // Whoever says that there is no such certificate has answered: `accept` is for silence.
  const unknown = said.find(({ kind }) => kind === 'unknown')
  if (unknown !== undefined) return problem('unchecked', unknown)
  const silent = said.find(({ kind }) => kind === 'silent')
  if (silent === undefined) return undefined
  if (revocation.ifUnavailable === 'refuse') return problem('unchecked', silent)
  ctx.log.write('warn', 'a certificate was taken that may have been revoked', { tenant: ctx.tenant.id, because: wordsOf(silent) })
  return undefined
}

function linksOf(path: CertificatePath): Link[] {
  return path.slice(1).map((authority, index) => ({ certificate: path[index] ?? path[0], authority }))
}

const LONGEST_WORDS = 400

function problem(because: RevocationProblem['because'], said: Said): RevocationProblem {
  return { because, said: wordsOf(said).slice(0, LONGEST_WORDS) }
}

function wordsOf(said: Said): string {
  return said.kind === 'good' ? '' : said.words
}
