/**
 * The way to the certificates' host and back. Browsers are asked for a certificate at one host only, which has no cookies and decides nothing: it is told, sealed,
 * who waits for an answer, and answers, sealed, with what the browser showed. Each is for one interaction or session, which is in the cookie of the browser that
 * began it: a link that somebody else is given opens nothing there. What comes back is good once.
 */
import type { CertificateProblem } from '@gatehouse/core/certificate_policy.ts'
import type { Write } from '@gatehouse/ports/table.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { nowSeconds } from '../interaction.ts'
import { seal, unseal } from '../seal.ts'

/** The browser asks which certificate, and a card asks for its PIN, before the certificates' host hears of anything. */
export const HANDOVER_SECONDS = 300
/** The browser comes back at once; in My Account the person names the certificate meanwhile. */
const PROOF_SECONDS = { first: 60, further: 60, enrolment: 60, account: HANDOVER_SECONDS } as const
/** In bytes of DER: what is sealed of it must fit into an address of 8 KB. */
export const LARGEST_CERTIFICATE = 3_072
const LONGEST_HANDOVER = 1_024
const LONGEST_PROOF = 7_168

export type CertificatePurpose = keyof typeof PROOF_SECONDS

type Bound = {
  readonly purpose: CertificatePurpose
  /** The id of the interaction, or of the session in My Account. */
  readonly boundTo: string
  readonly nonce: string
  /** The person asks to be remembered in this browser. */
  readonly remember?: true
  /** Seconds since the epoch. */
  readonly expiresAt: number
}

type Handover = Bound & { /** Where the person comes back to. */ readonly issuer: string }

/** What the browser showed: DER, base64url; or why it is not there. */
export type ShownCertificate =
  | { readonly der: string }
  | { readonly problem: Extract<CertificateProblem, 'none' | 'late' | 'unreadable' | 'too_large'> }

export type CertificateProof = Bound & { readonly shown: ShownCertificate }

type Asked = Pick<Bound, 'purpose' | 'boundTo' | 'remember'>

/** Below the issuer; what was shown comes after it. In My Account it stands behind the `#`: no server is sent it by an address. */
const RETURNS: Readonly<Record<CertificatePurpose, (boundTo: string) => string>> = {
  first: (id) => `/login/certificate?interaction=${id}&proof=`,
  further: (id) => `/login/certificate?interaction=${id}&proof=`,
  enrolment: (id) => `/login/certificate?interaction=${id}&proof=`,
  account: () => '/account/security#certificate=',
}

/** Where the browser is sent to show a certificate; undefined where none can be shown. */
export async function certificateHref(ctx: TenantContext, asked: Asked): Promise<string | undefined> {
  const there = atCertificates(ctx)
  if (there === undefined) return undefined
  const handover: Handover = {
    ...asked,
    issuer: ctx.issuer,
    nonce: ctx.random.token(16),
    expiresAt: nowSeconds(ctx) + HANDOVER_SECONDS,
  }
  return `${there.issuer}/certificate?handover=${await seal(there, 'certificate_handover', JSON.stringify(handover))}`
}

/** At the certificates' host: where to go back to, with what was shown. Undefined for what was not sealed here for this. */
export async function answerHandover(ctx: TenantContext, sealed: string, show: () => ShownCertificate): Promise<string | undefined> {
  const text = sealed.length > LONGEST_HANDOVER ? undefined : await unseal(ctx, 'certificate_handover', sealed)
  if (text === undefined) return undefined
  // Only `certificateHref` seals for this purpose, so the shape is known.
  const { issuer, expiresAt, ...bound } = JSON.parse(text) as Handover
  const now = nowSeconds(ctx)
  const proof: CertificateProof = {
    ...bound,
    expiresAt: now + PROOF_SECONDS[bound.purpose],
    shown: expiresAt > now ? show() : { problem: 'late' },
  }
  return `${issuer}${RETURNS[bound.purpose](bound.boundTo)}${await seal({ ...ctx, issuer }, 'certificate_proof', JSON.stringify(proof))}`
}

/** Undefined when it was not sealed here, or is for another interaction or session. Spends nothing. */
export async function openProof(ctx: TenantContext, sealed: string, boundTo: string): Promise<CertificateProof | undefined> {
  const text = sealed.length > LONGEST_PROOF ? undefined : await unseal(ctx, 'certificate_proof', sealed)
  // Only `answerHandover` seals for this purpose, so the shape is known.
  const proof = text === undefined ? undefined : (JSON.parse(text) as CertificateProof)
  if (proof?.boundTo !== boundTo) return undefined
  return proof.expiresAt > nowSeconds(ctx) ? proof : { ...proof, shown: { problem: 'late' } }
}

/** True for the first. */
export function spendProof(ctx: TenantContext, { nonce }: CertificateProof): Promise<boolean> {
  return ctx.stores.used.consume('certificate', nonce, spentUntil(ctx))
}

/** To stand in the transaction of what the proof leads to. */
export function spendProofWrite(ctx: TenantContext, { nonce }: CertificateProof): Write {
  return ctx.stores.used.consumeWrite('certificate', nonce, spentUntil(ctx))
}

/** A handover that is followed twice gives two proofs with one nonce: it is remembered for as long as the later of them can be good. */
function spentUntil(ctx: TenantContext): number {
  return nowSeconds(ctx) + HANDOVER_SECONDS + PROOF_SECONDS.account
}

/** What is sealed for the certificates' host opens there only. */
function atCertificates(ctx: TenantContext): TenantContext | undefined {
  const { certificateOrigin: origin } = ctx
  return origin === undefined ? undefined : { ...ctx, origin, issuer: `${origin}/t/${ctx.tenant.id}` }
}
