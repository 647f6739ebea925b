/** Every key of the table, once. A tenant alone is a key for cached configuration only; what people type is hashed. */
import { hash } from 'node:crypto'
import { asciiDomainOf } from '@gatehouse/core/email_address.ts'
import type { TenantId } from '@gatehouse/core/ids.ts'

/** 132 bits of SHA-256, base64url: for parts of keys that a user supplies, and for stored secrets (all are random, so no salt). */
export function hashOf(text: string, characters = 22): string {
  return hash('sha256', text, 'base64url').slice(0, characters)
}

/** SHA-256 of a secret as it is stored. */
export function hashOfSecret(secret: string): string {
  return hash('sha256', secret, 'base64url')
}

/** Of the whole house: whose a host is. */
export function hostKey(host: string): string {
  return `host#${hashOf(host)}`
}

export type TenantKeys = ReturnType<typeof makeKeys>

const MAXIMUM_TENANTS = 1000
const made = new Map<TenantId, TenantKeys>()

/** Made once per tenant and process; a function of the id alone. */
export function keysOf(tenant: TenantId): TenantKeys {
  const found = made.get(tenant)
  if (found) return found
  const keys = makeKeys(tenant)
  if (made.size < MAXIMUM_TENANTS) made.set(tenant, keys)
  return keys
}

function makeKeys(tenant: TenantId) {
  const t = `t#${tenant}`
  return {
    configuration: t,
    application: (clientId: string) => `${t}#app#${hashOf(clientId)}`,
    applications: `${t}#apps`,
    user: (userId: string) => `${t}#u#${userId}`,
    users: (shard: number) => `${t}#users#${shard}`,
    /** Case-folded and normalised before hashing, so that `Jo` and `jo` are one name. */
    userName: (userName: string) => `${t}#name#${hashOf(foldName(userName))}`,
    email: (address: string) => `${t}#mail#${hashOf(foldAddress(address))}`,
    passkey: (webauthnId: string) => `${t}#pk#${hashOf(webauthnId, 43)}`,
    certificate: (thumbprint: string) => `${t}#x509#${hashOf(thumbprint, 43)}`,
    phoneNumber: (number: string) => `${t}#phone#${hashOf(number)}`,
    mailMark: (address: string) => `${t}#mailmark#${hashOf(foldAddress(address))}`,
    textOptOut: (number: string) => `${t}#textstop#${hashOf(number)}`,
    /** Tries against a name that nobody has: the same work and the same writes as against a real one. */
    nobody: (userName: string) => `${t}#nobody#${hashOf(foldName(userName))}`,
    used: (purpose: string, value: string) => `${t}#${purpose}#${hashOf(value, 43)}`,
    request: (requestId: string) => `${t}#req#${requestId}`,
    requests: `${t}#reqs`,
    requestsOf: (userId: string) => `${t}#reqs#${userId}`,
    roleInbox: (roleId: string) => `${t}#inbox#role#${roleId}`,
    userInbox: (userId: string) => `${t}#inbox#user#${userId}`,
    role: (roleId: string) => `${t}#role#${roleId}`,
    group: (groupId: string) => `${t}#group#${groupId}`,
    groups: `${t}#groups`,
    /** Few, and none on a plain sign-in. */
    risky: (day: string) => `${t}#risky#${day}`,
    audit: (day: string, shard: number) => `${t}#ev#${day}#${shard}`,
    auditOf: (userId: string) => `${t}#ev#u#${userId}`,
    lateLogouts: `${t}#late_logouts`,
    idleWatches: `${t}#idle`,
    passwordWatches: `${t}#pwage`,
    oneTimePassword: (id: string) => `${t}#otp#${id}`,
    interaction: (interactionId: string) => `${t}#int#${interactionId}`,
    script: (version: string) => `${t}#script#${version}`,
  } as const
}

export const USER_SHARDS = 4

export function userShard(userId: string): number {
  return hash('sha256', userId, 'buffer').readUInt8(0) % USER_SHARDS
}

/** User names and addresses compare without case and by canonical form (NFKC): look-alikes by width or composition are one. */
export function foldName(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase()
}

/** Two spellings of a mailbox's domain are one as well. What is no address is a name. */
export function foldAddress(address: string): string {
  return asciiDomainOf(foldName(address))
}
