/**
 * Was a certificate revoked, as far as the lists say that the tenant names? They are fetched through the house's own egress, when the first certificate asks for
 * them, and anew each hour; one that cannot be fetched is good for as long as it says itself.
 */
import type { CertificateProblem, CertificateRevocation } from '@gatehouse/core/certificate_policy.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { bounded, perHouse } from '../house_memory.ts'
import type { CertificatePath } from './path.ts'
import { type RevocationList, readRevocationList, speaksOf } from './revocation_list.ts'

const FRESH_MILLISECONDS = 3_600_000
/** An address that does not answer is not asked at each sign-in. */
const PAUSE_MILLISECONDS = 60_000
const TIMEOUT_MILLISECONDS = 5_000
const LARGEST_LIST = 1_048_576
const MOST_REMEMBERED = 50

/** Each certificate of the chain but the one that is trusted by itself must be spoken of by a list that is good now. One that is out of date still revokes. */
export async function findRevocationProblem(
  ctx: TenantContext,
  { lists, ifUnavailable }: CertificateRevocation,
  path: CertificatePath,
): Promise<CertificateProblem | undefined> {
  const read = await Promise.all(lists.map((source) => findList(ctx, source)))
  const all = read.filter((list) => list !== undefined)
  const now = ctx.clock.now()
  let isUnchecked = false
  for (const [index, certificate] of path.slice(0, -1).entries()) {
    const authority = path[index + 1]
    const own = authority === undefined ? [] : all.filter((list) => speaksOf(list, certificate, authority))
    if (own.some(({ revoked }) => revoked.has(certificate.serial))) return 'revoked'
    if (!own.some(({ from, until }) => from <= now && now <= until)) isUnchecked = true
  }
  return isUnchecked && ifUnavailable === 'refuse' ? 'unchecked' : undefined
}

type Remembered = { readonly list: Promise<RevocationList | undefined>; readonly askAgainAt: number }

const listsOf = perHouse(() => bounded<Remembered>(MOST_REMEMBERED))

function findList(ctx: TenantContext, source: string): Promise<RevocationList | undefined> {
  const name = `${ctx.stores.id}\n${source}`
  const remembered = listsOf(ctx)
  const before = remembered.get(name)
  const now = ctx.clock.now()
  if (before && before.askAgainAt > now) return before.list
  const isAddress = /^https?:/.test(source)
  // Two at once ask once.
  const list = isAddress ? fetchList(ctx, source, before?.list) : Promise.resolve(read(ctx, source, Buffer.from(source)))
  remembered.set(name, { list, askAgainAt: now + PAUSE_MILLISECONDS })
  return list.then((found) => {
    // What is out of date is asked for again soon.
    if (found !== undefined && found.until > now)
      remembered.set(name, { list, askAgainAt: Math.min(found.until, now + FRESH_MILLISECONDS) })
    return found
  })
}

async function fetchList(ctx: TenantContext, url: string, before: Remembered['list'] | undefined): Promise<RevocationList | undefined> {
  try {
    const { status, body } = await ctx.egress.send({
      url,
      method: 'GET',
      timeoutMilliseconds: TIMEOUT_MILLISECONDS,
      maximumBytes: LARGEST_LIST,
      answer: 'base64',
    })
    if (status === 200) return read(ctx, url, Buffer.from(body, 'base64')) ?? (await before)
    ctx.log.write('warn', 'a list of revoked certificates could not be fetched', { tenant: ctx.tenant.id, url, status })
  } catch (error) {
    ctx.log.write('warn', 'a list of revoked certificates could not be fetched', { tenant: ctx.tenant.id, url, error })
  }
  return before
}

function read(ctx: TenantContext, source: string, bytes: Uint8Array): RevocationList | undefined {
  try {
    return readRevocationList(bytes)
  } catch (error) {
    const from = source.slice(0, 100)
    ctx.log.write('warn', 'a list of revoked certificates could not be read', {
      tenant: ctx.tenant.id,
      from,
      because: String(error).slice(0, 300),
    })
    return undefined
  }
}
