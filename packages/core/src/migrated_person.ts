/**
 * What the old system answers, read into a person in SCIM's words (RFC 7643 section 4.1). It is believed in what it says of its own people and in nothing else:
 * another person's name, an answer to another question, or a value of another form is no answer at all.
 */
import type { MigrationAttribute, MigrationPolicy } from './migration_policy.ts'
import { normaliseUserName } from './user_name.ts'

export type MigratedPerson = {
  readonly name: { readonly givenName?: string; readonly familyName?: string; readonly middleName?: string; readonly formatted?: string }
  readonly displayName?: string
  readonly nickName?: string
  readonly profileUrl?: string
  readonly locale?: string
  readonly timezone?: string
  readonly emails: readonly MigratedAddress[]
  readonly phoneNumbers: readonly MigratedAddress[]
  readonly groups: readonly string[]
  readonly roles: readonly string[]
}
export type MigratedAddress = { readonly value: string; readonly primary: boolean; readonly verified: boolean; readonly type?: string }

export type MigrationAnswer =
  | { readonly kind: 'right'; readonly person: MigratedPerson }
  /** There is nobody of that name, or the password is another. */
  | { readonly kind: 'wrong' }
  /** `path`: where the answer is not as it should be. */
  | { readonly kind: 'unusable'; readonly path: string }

export type Asked = { readonly id: string; readonly userName: string }

type Json = Readonly<Record<string, unknown>>

class Unusable extends Error {
  readonly path: string

  constructor(path: string) {
    super(path)
    this.path = path
  }
}

export function parseMigrationAnswer(
  text: string,
  asked: Asked,
  policy: Pick<MigrationPolicy, 'attributes' | 'groups' | 'roles'>,
): MigrationAnswer {
  try {
    const answer = parseJson(text)
    // An answer that was kept, or meant for somebody else, is none to this question.
    if (answer.id !== asked.id) throw new Unusable('/id')
    if (answer.outcome === 'wrong') return { kind: 'wrong' }
    if (answer.outcome !== 'right') throw new Unusable('/outcome')
    const user = answer.user
    if (!isJson(user)) throw new Unusable('/user')
    if (typeof user.userName !== 'string' || fold(user.userName) !== fold(asked.userName)) throw new Unusable('/user/userName')
    // Whoever may not sign in there may not sign in here.
    if (user.active === false) return { kind: 'wrong' }
    return { kind: 'right', person: readPerson(user, policy) }
  } catch (error) {
    if (error instanceof Unusable) return { kind: 'unusable', path: error.path }
    throw error
  }
}

function readPerson(user: Json, policy: Pick<MigrationPolicy, 'attributes' | 'groups' | 'roles'>): MigratedPerson {
  const at = (attribute: MigrationAttribute) => valueAt(user, policy.attributes[attribute] ?? attribute)
  const text = (attribute: MigrationAttribute, most = 200) => readText(at(attribute), attribute, most)
  const names = {
    givenName: text('name.givenName'),
    familyName: text('name.familyName'),
    middleName: text('name.middleName'),
    formatted: text('name.formatted'),
  }
  const rest = {
    displayName: text('displayName'),
    nickName: text('nickName'),
    profileUrl: readText(at('profileUrl'), 'profileUrl', 500, /^https?:\/\/\S+$/),
    locale: text('locale', 35),
    timezone: text('timezone', 60),
  }
  return {
    ...defined(rest),
    name: defined(names),
    emails: readAddresses(at('emails'), 'emails', /^[^\s@]{1,200}@[^\s@]{1,119}$/, at('emailVerified') === true),
    phoneNumbers: readAddresses(at('phoneNumbers'), 'phoneNumbers', /^\+[1-9]\d{6,14}$/, at('phoneNumberVerified') === true),
    groups: allowed(at('groups'), 'groups', policy.groups),
    roles: allowed(at('roles'), 'roles', policy.roles),
  }
}

function readText(value: unknown, path: string, most: number, form = /^[^\p{Cc}]*$/u): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'string' || value.length > most || !form.test(value)) throw new Unusable(`/user/${path}`)
  return value.trim()
}

const MOST_ADDRESSES = 10

/** SCIM's list, or one text, or a list of them: the first is the primary one where none is said to be. */
function readAddresses(value: unknown, path: string, form: RegExp, verified: boolean): MigratedAddress[] {
  if (value === undefined || value === null || value === '') return []
  const given: unknown[] = Array.isArray(value) ? value : [value]
  if (given.length > MOST_ADDRESSES) throw new Unusable(`/user/${path}`)
  const all = given.map((one, index): MigratedAddress => {
    const address: Json = isJson(one) ? one : { value: one, verified }
    const [text, type] = [address.value, address.type]
    if (typeof text !== 'string' || !form.test(text)) throw new Unusable(`/user/${path}/${index}/value`)
    if (type !== undefined && (typeof type !== 'string' || type.length > 40)) throw new Unusable(`/user/${path}/${index}/type`)
    return { value: text, primary: address.primary === true, verified: address.verified === true, ...(type === undefined ? {} : { type }) }
  })
  const primaries = all.filter(({ primary }) => primary).length
  if (primaries > 1) throw new Unusable(`/user/${path}`)
  return primaries === 1 ? all : all.map((one, index) => ({ ...one, primary: index === 0 }))
}

const MOST_NAMES = 1000

/** Texts, or SCIM's `{ value, display }`; what the tenant does not allow is left out. */
function allowed(value: unknown, path: string, names: readonly string[]): string[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value) || value.length > MOST_NAMES) throw new Unusable(`/user/${path}`)
  const given = value.map((one) => (isJson(one) ? (one.display ?? one.value) : one))
  if (given.some((one) => typeof one !== 'string')) throw new Unusable(`/user/${path}`)
  return names.filter((name) => given.includes(name))
}

function valueAt(user: Json, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (isJson(value) && Object.hasOwn(value, key) ? value[key] : undefined), user)
}

function parseJson(text: string): Json {
  try {
    const value: unknown = JSON.parse(text)
    if (isJson(value)) return value
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new Unusable('')
}

function isJson(value: unknown): value is Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function fold(userName: string): string {
  return normaliseUserName(userName).toLowerCase()
}

function defined<T extends Record<string, string | undefined>>(fields: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: string }
}
