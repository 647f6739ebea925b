/** Ids carry their kind. An id is unguessable only where its store says so; secrets are never ids. */

/** `[a-z0-9-]`, 1 to 63 characters: it stands in host names and paths. */
export type TenantId = string
/** RFC 6749 section 2.2: unique at its tenant, no secret. */
export type ClientId = string
export type UserId = `usr_${string}`
export type SessionId = `ses_${string}`
/** One grant on its way through code, access and refresh tokens. */
export type AuthorizationId = `aut_${string}`
export type InteractionId = `int_${string}`
export type RoleId = `rol_${string}`
export type GroupId = `grp_${string}`
/** One operation that waits for approval. */
export type RequestId = `req_${string}`
export type WorkflowId = `wfl_${string}`
export type EventId = `evt_${string}`
export type CredentialId = `crd_${string}`
/** A browser that somebody is remembered in. */
export type BrowserId = `brw_${string}`
/** A change of an address that waits for its proof. */
export type ChangeId = `chg_${string}`

/** The label below the base domain at which browsers are asked for certificates. */
export const CERTIFICATE_LABEL = 'mtls'

/** That label is no tenant's: as a tenant's host it would be asked for what others' certificates are shown to. */
export const TENANT_ID = /^(?!mtls$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

export function isTenantId(text: string): text is TenantId {
  return TENANT_ID.test(text)
}

/**
 * Labels that programs look for below any domain (mail programs RFC 6186 and their kin, browsers' proxy search, RFC 8461, RFC 7929) or that people take for the
 * operator's own: `{label}.{base}` would be a tenant's to answer.
 */
// biome-ignore format: a list of names
const TAKEN_FOR_THE_HOUSE = new Set([
  'www', 'mail', 'webmail', 'smtp', 'imap', 'pop', 'pop3', 'mx', 'ftp', 'ns', 'ns1', 'ns2', 'dns', 'autoconfig', 'autodiscover', 'wpad', 'isatap', 'mta-sts',
  'openpgpkey', 'localhost', 'broadcasthost', 'api', 'admin', 'root', 'postmaster', 'security', 'support', 'help', 'status', 'assets', 'static', 'cdn',
])

/** May a new tenant be called so? One that is there keeps its name. */
export function isFreeTenantId(text: string): boolean {
  return isTenantId(text) && !TAKEN_FOR_THE_HOUSE.has(text)
}

const ID_TAIL = /^[A-Za-z0-9_-]{8,64}$/

/** Does the text have the form of an id of this kind? Says nothing of whether it exists. */
export function isId<K extends string>(kind: K, text: unknown): text is `${K}_${string}` {
  return typeof text === 'string' && text.startsWith(`${kind}_`) && ID_TAIL.test(text.slice(kind.length + 1))
}
