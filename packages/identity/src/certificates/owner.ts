/**
 * Whom a certificate names, by the tenant's policy: whoever enrolled it, or the person whose name or proven address an authority wrote into it. One that names
 * several people names nobody. Somebody is looked up in any case, so that nothing tells whether there is such a person.
 */
import type { CertificateName, CertificatePolicy } from '@gatehouse/core/certificate_policy.ts'
import type { X509Credential } from '@gatehouse/core/credential.ts'
import type { UserId } from '@gatehouse/core/ids.ts'
import { primaryEmail, type User } from '@gatehouse/core/user.ts'
import { findEmailHolding } from '@gatehouse/directory/email_owner.ts'
import type { CertificateHolder } from '@gatehouse/store/certificate.ts'
import { foldAddress } from '@gatehouse/store/keys.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { commonNames, emails } from './names.ts'
import type { ReadCertificate } from './read_certificate.ts'

export type CertificateOwner = {
  readonly user: User
  /** Where they enrolled it. */
  readonly credential: X509Credential | undefined
}

type Certified = { readonly certificate: ReadCertificate; readonly vouched: boolean }

/** More of one kind are not looked up. */
const MOST_VALUES = 5
const NOBODY: CertificateHolder = { userId: 'usr_nobody_at_all', id: 'crd_nobody_at_all' }

type Written = Exclude<CertificateName, 'enrolled'>
type FindByValue = (ctx: TenantContext, value: string) => Promise<User | undefined>

const WRITTEN: Readonly<
  Record<Written, { readonly values: (certificate: ReadCertificate) => readonly string[]; readonly find: FindByValue }>
> = {
  subject_cn: { values: commonNames, find: findByUserName },
  upn: { values: ({ userPrincipalNames }) => userPrincipalNames, find: findByUserName },
  email: { values: emails, find: findByEmail },
}

export async function findCertificateOwner(
  ctx: TenantContext,
  { names }: CertificatePolicy,
  { certificate, vouched }: Certified,
): Promise<CertificateOwner | undefined> {
  const { userId, id } = (await ctx.stores.certificates.findHolder(certificate.thumbprint)) ?? NOBODY
  const [user, credential] = await Promise.all([ctx.stores.users.find(userId), ctx.stores.credentials.find(userId, 'x509', id)])
  const enrolled = user && credential && { user, credential }
  for (const name of names) {
    if (name === 'enrolled' && enrolled) return enrolled
    const written = name === 'enrolled' || !vouched ? undefined : await findWritten(ctx, name, certificate)
    if (written) return { user: written, credential: written.id === user?.id ? credential : undefined }
  }
  return undefined
}

/** Whom an authority wrote into it, by what the tenant reads of it: all of them. */
export async function findWrittenOwners(ctx: TenantContext, { names }: CertificatePolicy, certificate: ReadCertificate): Promise<UserId[]> {
  const found: UserId[] = []
  for (const name of names) {
    if (name === 'enrolled') continue
    for (const value of WRITTEN[name].values(certificate).slice(0, MOST_VALUES)) {
      const user = await WRITTEN[name].find(ctx, value)
      if (user) found.push(user.id)
    }
  }
  return [...new Set(found)]
}

async function findWritten(ctx: TenantContext, name: Written, certificate: ReadCertificate): Promise<User | undefined> {
  const { values, find } = WRITTEN[name]
  const given = [...new Set(values(certificate))]
  if (given.length > MOST_VALUES) return undefined
  const found = new Map<UserId, User>()
  for (const value of given) {
    const user = await find(ctx, value)
    if (user) found.set(user.id, user)
  }
  return found.size === 1 ? [...found.values()][0] : undefined
}

async function findByUserName(ctx: TenantContext, value: string): Promise<User | undefined> {
  const holder = await ctx.stores.users.findNameHolder(value)
  return ctx.stores.users.find(holder?.kind === 'user' ? holder.userId : NOBODY.userId)
}

/** The primary address, and proven to be theirs. */
async function findByEmail(ctx: TenantContext, value: string): Promise<User | undefined> {
  const owner = (await findEmailHolding(ctx, value))?.owner
  const user = owner?.kind === 'user' ? owner.user : await ctx.stores.users.find(NOBODY.userId)
  const primary = user && primaryEmail(user)
  return primary?.verified && foldAddress(primary.value) === foldAddress(value) ? user : undefined
}
