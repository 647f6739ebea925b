/**
 * Was a certificate revoked, as far as lists say: those that the tenant names, or else those that the certificate does. They are fetched through the house's own
 * egress, when the first certificate asks for them, and anew each hour; one that cannot be fetched is good for as long as it says itself, and revokes for longer.
 */
import type { CertificateRevocation } from '@gatehouse/core/certificate_policy.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { askedOnce, PAUSE_MILLISECONDS } from './asked_once.ts'
import type { ReadCertificate } from './read_certificate.ts'
import { isListOf, type RevocationList, readRevocationList, speaksOf } from './revocation_list.ts'
import { dayOf, followed, hostOf, isAddress, type Link, type Said } from './said.ts'

const TIMEOUT_MILLISECONDS = 5_000
const LARGEST_LIST = 1_048_576
const MOST = { remembered: 50, ofATenant: 12 }

export async function askLists(
  ctx: TenantContext,
  { lists }: CertificateRevocation,
  { certificate, authority }: Link,
  authorities: readonly ReadCertificate[],
): Promise<Said> {
  const sources = lists.length > 0 ? lists : followed(certificate.wholeListAddresses)
  const now = ctx.clock.now()
  const words: string[] = []
  let isGood = false
  for (const found of await Promise.all(sources.map((source) => findList(ctx, source, authorities)))) {
    const { host, list, why } = found
    if (list === undefined) words.push(`${host} ${why}`)
    else if (!speaksOf(list, certificate, authority)) words.push(`${host} has a list that does not speak of it`)
    else {
      const since = list.revoked.get(certificate.serial)
      if (since !== undefined) return { kind: 'revoked', words: `a list from ${host} says that it was revoked on ${dayOf(since)}` }
      if (list.from <= now && now <= list.until) isGood = true
      else words.push(`${host} has a list that is out of date`)
    }
  }
  if (isGood) return { kind: 'good' }
  return { kind: 'silent', words: sources.length === 0 ? 'it names no list' : words.join('; ') }
}

type Found = { readonly host: string; readonly list: RevocationList | undefined; readonly why: string }

/** What is out of date is asked for again soon. */
const askOnce = askedOnce<Found>(MOST, ({ list }, now) => (list !== undefined && list.until > now ? list.until : now + PAUSE_MILLISECONDS))

function findList(ctx: TenantContext, source: string, authorities: readonly ReadCertificate[]): Promise<Found> {
  return askOnce(ctx, source, async (before) =>
    isAddress(source) ? fetchList(ctx, source, authorities, before) : readWritten(ctx, source),
  )
}

function readWritten(ctx: TenantContext, source: string): Found {
  const host = hostOf(source)
  try {
    return { host, list: readRevocationList(Buffer.from(source)), why: '' }
  } catch (error) {
    return lost(ctx, source, `cannot be read: ${sentenceOf(error)}`)
  }
}

/** Only what an authority of the tenant signed takes the place of what was known: on its way over `http` anybody can put in something else. */
async function fetchList(
  ctx: TenantContext,
  url: string,
  authorities: readonly ReadCertificate[],
  former: Promise<Found> | undefined,
): Promise<Found> {
  const before = await former
  const fetched = await fetchAnew(ctx, url)
  const known = before?.list
  if (fetched.list === undefined) return known === undefined ? fetched : { ...fetched, list: known }
  const { list } = fetched
  if (!authorities.some((authority) => isListOf(list, authority)))
    return { ...lost(ctx, url, 'has a list that no authority of the policy signed'), list: known }
  // An older one, which was right in its time, would have forgotten what was revoked since.
  return known !== undefined && list.from < known.from ? { ...fetched, list: known } : fetched
}

async function fetchAnew(ctx: TenantContext, url: string): Promise<Found> {
  const asked = { url, method: 'GET', timeoutMilliseconds: TIMEOUT_MILLISECONDS, maximumBytes: LARGEST_LIST, answer: 'base64' } as const
  let der: Buffer
  try {
    const { status, body } = await ctx.egress.send(asked)
    if (status !== 200) return lost(ctx, url, `answered ${status} when it was asked for a list`)
    der = Buffer.from(body, 'base64')
  } catch (error) {
    return lost(ctx, url, 'gave no list', error)
  }
  try {
    return { host: hostOf(url), list: readRevocationList(der), why: '' }
  } catch (error) {
    return lost(ctx, url, `has a list that cannot be used: ${sentenceOf(error)}`)
  }
}

function lost(ctx: TenantContext, source: string, why: string, error?: unknown): Found {
  const from = source.slice(0, 100)
  ctx.log.write('warn', 'a list of revoked certificates could not be had', {
    tenant: ctx.tenant.id,
    from,
    why,
    ...(error ? { error } : {}),
  })
  return { host: hostOf(source), list: undefined, why }
}

function sentenceOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 200)
}
