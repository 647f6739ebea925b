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

const TENANT_ID = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

export function isTenantId(text: string): text is TenantId {
  return TENANT_ID.test(text)
}

const ID_TAIL = /^[A-Za-z0-9_-]{8,64}$/

/** Does the text have the form of an id of this kind? Says nothing of whether it exists. */
export function isId<K extends string>(kind: K, text: unknown): text is `${K}_${string}` {
  return typeof text === 'string' && text.startsWith(`${kind}_`) && ID_TAIL.test(text.slice(kind.length + 1))
}
