/** The `claims` request parameter: OpenID Connect Core 1.0 section 5.5. */
import type { RequestedClaim } from './application.ts'
import { CLAIMS } from './claims.ts'
import { IamError } from './error.ts'

/** `narrowed`: a value was asked for, though perhaps none that a claim of ours can have. */
type Member = { readonly essential: boolean; readonly values: readonly string[]; readonly narrowed: boolean }

export type ClaimsParameter = {
  readonly idToken: readonly RequestedClaim[]
  readonly userinfo: readonly RequestedClaim[]
  /** `sub` with a value (section 5.5.1): the request is about this person and no other. */
  readonly subject?: string
  /** `acr` as a claim of the ID token (section 5.5.1.1). */
  readonly acr?: Member
}

export const NO_CLAIMS: ClaimsParameter = { idToken: [], userinfo: [] }
const MAXIMUM_CHARACTERS = 4096

export function parseClaimsParameter(text: string | undefined): ClaimsParameter {
  if (text === undefined) return NO_CLAIMS
  if (text.length > MAXIMUM_CHARACTERS) throw new IamError('invalid_request', `claims is longer than ${MAXIMUM_CHARACTERS} characters`)
  const outer = asRecord(parseJson(text), 'claims')
  const idToken = readMembers(outer.id_token, 'claims.id_token')
  const userinfo = readMembers(outer.userinfo, 'claims.userinfo')
  const subject = idToken.get('sub')?.values[0] ?? userinfo.get('sub')?.values[0]
  const acr = idToken.get('acr')
  return {
    idToken: attributes(idToken),
    userinfo: attributes(userinfo),
    ...(subject === undefined ? {} : { subject }),
    ...(acr === undefined ? {} : { acr }),
  }
}

function readMembers(value: unknown, path: string): Map<string, Member> {
  const members = new Map<string, Member>()
  if (value === undefined || value === null) return members
  for (const [name, member] of Object.entries(asRecord(value, path))) members.set(name, readMember(member, `${path}.${name}`))
  return members
}

/** Section 5.5.1: null, or `essential`, `value`, `values`; members that are not understood are ignored. */
function readMember(value: unknown, path: string): Member {
  if (value === null) return { essential: false, values: [], narrowed: false }
  const { essential, value: single, values } = asRecord(value, path)
  if (essential !== undefined && typeof essential !== 'boolean') throw new IamError('invalid_request', `${path}.essential is true or false`)
  if (values !== undefined && !Array.isArray(values)) throw new IamError('invalid_request', `${path}.values is a list`)
  const all: readonly unknown[] = single === undefined ? (values ?? []) : [single]
  return { essential: essential === true, values: all.filter((one) => typeof one === 'string'), narrowed: all.length > 0 }
}

/** Those that the house has; section 5.5.1: others are ignored, and not carried through the sign-in either. */
function attributes(members: ReadonlyMap<string, Member>): RequestedClaim[] {
  return [...members].filter(([name]) => Object.hasOwn(CLAIMS, name)).map(([name, { essential }]) => ({ name, essential }))
}

function asRecord(value: unknown, path: string): Record<string, unknown> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new IamError('invalid_request', `${path} is a JSON object`)
  return { ...value }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new IamError('invalid_request', 'claims is no JSON', { cause: error })
  }
}
