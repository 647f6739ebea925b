/**
 * Was a certificate revoked, as those answer who are asked about one (RFC 6960): whom the tenant names, or else whom the certificate does. An answer is remembered
 * for as long as it says itself, and never longer than an hour. What reads it is loaded with the first.
 */
import type { CertificateRevocation } from '@gatehouse/core/certificate_policy.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { boundedShares, perHouse } from '../house_memory.ts'
import { askedOnce, PAUSE_MILLISECONDS } from './asked_once.ts'
import type { OcspAnswer, OcspQuestion, OcspStatus } from './ocsp_answer.ts'
import { dayOf, followed, hostOf, type Link, type Said } from './said.ts'

const TIMEOUT_MILLISECONDS = 2_000
const LARGEST_ANSWER = 20_000
const MOST = { remembered: 2_000, ofATenant: 500 }

/** The first that says something. */
export async function askResponders(ctx: TenantContext, { responders = [] }: CertificateRevocation, link: Link): Promise<Said> {
  const addresses = responders.length > 0 ? responders : followed(link.certificate.responderAddresses)
  const words: string[] = []
  for (const address of addresses) {
    const answer = await ask(ctx, address, link)
    if (answer.kind !== 'worthless') return saidBy(address, answer)
    words.push(`${hostOf(address)} ${answer.why}`)
  }
  return { kind: 'silent', words: addresses.length === 0 ? 'it names nobody to ask' : words.join('; ') }
}

/** RFC 5280 section 5.3.1. */
const REASONS: Readonly<Record<number, string>> = {
  1: ' because its key is in other hands',
  2: ' because the key of its authority is in other hands',
  3: ' because what it says of its owner is no longer so',
  4: ' because another took its place',
  5: ' because it is no longer needed',
  6: ' for the time being',
  9: ' because its owner may no longer have it',
  10: ' because what it says of its owner is in doubt',
}

function saidBy(address: string, answer: OcspStatus): Said {
  if (answer.kind === 'good') return { kind: 'good' }
  if (answer.kind === 'unknown') return { kind: 'unknown', words: `${hostOf(address)} knows no such certificate` }
  return { kind: 'revoked', words: `${hostOf(address)} says that it was revoked on ${dayOf(answer.since)}${REASONS[answer.reason] ?? ''}` }
}

/** An answer without an end is of the moment: there is always a newer one (RFC 6960 section 4.2.2.1). */
const askOnce = askedOnce<OcspAnswer>(MOST, (answer, now) => (answer.kind === 'worthless' ? now + PAUSE_MILLISECONDS : answer.until))
/** Until when an address is left alone. */
const pausesOf = perHouse(() => boundedShares<number>(MOST.remembered, MOST.ofATenant))

function ask(ctx: TenantContext, url: string, link: Link): Promise<OcspAnswer> {
  const name = `${url}\n${link.authority.thumbprint}\n${link.certificate.serial}`
  return askOnce(ctx, name, (before) => askAnew(ctx, url, link, before))
}

/** What was revoked stays so until something newer says otherwise: neither silence nor an old answer, sent again, undoes it. */
async function askAnew(ctx: TenantContext, url: string, link: Link, former: Promise<OcspAnswer> | undefined): Promise<OcspAnswer> {
  const before = await former
  const answer = await fetchAnswer(ctx, url, link)
  if (before === undefined || before.kind === 'worthless') return answer
  if (answer.kind === 'worthless') return before.kind === 'revoked' || before.until > ctx.clock.now() ? before : answer
  return before.kind === 'revoked' && answer.from <= before.from ? before : answer
}

async function fetchAnswer(ctx: TenantContext, url: string, link: Link): Promise<OcspAnswer> {
  const pauses = pausesOf(ctx)(ctx.stores.id)
  const now = ctx.clock.now()
  if ((pauses.get(url) ?? 0) > now) return { kind: 'worthless', why: 'did not answer a moment ago' }
  const { readAnswer, writeQuestion } = await import('./ocsp_answer.ts')
  const question = writeQuestion(link, ctx.random.bytes(32))
  const sent = await send(ctx, url, question)
  if (typeof sent === 'string') {
    pauses.set(url, now + PAUSE_MILLISECONDS)
    return { kind: 'worthless', why: sent }
  }
  try {
    const answer = readAnswer(sent, question, now)
    if (answer.kind === 'worthless') logLoss(ctx, url, answer.why)
    return answer
  } catch (error) {
    logLoss(ctx, url, 'gave an answer that cannot be read', error)
    return { kind: 'worthless', why: 'gave an answer that cannot be read' }
  }
}

/** The answer's bytes, or why there is none. RFC 6960 appendix A.1. */
async function send(ctx: TenantContext, url: string, { der }: OcspQuestion): Promise<Uint8Array | string> {
  try {
    const { status, body } = await ctx.egress.send({
      url,
      method: 'POST',
      headers: { 'content-type': 'application/ocsp-request', accept: 'application/ocsp-response' },
      bytes: der,
      timeoutMilliseconds: TIMEOUT_MILLISECONDS,
      maximumBytes: LARGEST_ANSWER,
      answer: 'base64',
    })
    if (status === 200) return Buffer.from(body, 'base64')
    logLoss(ctx, url, `answered ${status}`)
    return `answered ${status}`
  } catch (error) {
    const why = error instanceof IamError && error.code === 'access_denied' ? 'may not be reached from here' : 'did not answer'
    logLoss(ctx, url, why, error)
    return why
  }
}

function logLoss(ctx: TenantContext, url: string, why: string, error?: unknown): void {
  ctx.log.write('warn', 'nobody answered whether a certificate was revoked', {
    tenant: ctx.tenant.id,
    url,
    why,
    ...(error ? { error } : {}),
  })
}
