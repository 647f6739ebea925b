/** What is known of a person, by WSO2's claim URIs or by our attributes' names. What is written is kept, with an event. */
import type { SaidClaims } from '@gatehouse/core/claims.ts'
import { primaryEmail, primaryPhoneNumber, shownName, type User } from '@gatehouse/core/user.ts'
import { changeMembership } from '@gatehouse/directory/membership.ts'
import { type Arguments, ScriptMistake } from '../arguments.ts'
import type { HostGroup } from '../host_function.ts'
import { loadUser } from './roles.ts'

const DIALECT = /^http:\/\/wso2\.org\/claims\//
const ATTRIBUTE = /^[A-Za-z][\w./-]{0,99}$/
const LONGEST_VALUE = 500
/** It travels with the code, and stands in the authorization. */
const LONGEST_SAID = 100
const MOST_ATTRIBUTES = 30

type Claim = {
  readonly read: (user: User) => string | undefined
  /** The person with the value. Absent: a script does not write it. */
  readonly write?: (user: User, value: string) => User
}

const name = (part: 'givenName' | 'familyName' | 'middleName'): Claim => ({
  read: ({ name: all }) => all[part],
  write: (user, value) => ({ ...user, name: { ...user.name, [part]: value } }),
})
const field = (part: 'displayName' | 'nickName' | 'profileUrl' | 'locale' | 'timezone'): Claim => ({
  read: (user) => user[part],
  write: (user, value) => ({ ...user, [part]: value }),
})

/** The end of WSO2's URI -> where it stands with us. An address or number is proven by the person, not written by a script. */
const CLAIMS: Readonly<Record<string, Claim>> = {
  username: { read: ({ userName }) => userName },
  userid: { read: ({ id }) => id },
  givenname: name('givenName'),
  lastname: name('familyName'),
  middleName: name('middleName'),
  fullname: { read: shownName },
  displayName: field('displayName'),
  nickname: field('nickName'),
  url: field('profileUrl'),
  local: field('locale'),
  timeZone: field('timezone'),
  emailaddress: { read: (user) => primaryEmail(user)?.value },
  mobile: { read: (user) => primaryPhoneNumber(user)?.value },
  created: { read: ({ createdAt }) => createdAt },
  modified: { read: ({ updatedAt }) => updatedAt },
  'identity/emailVerified': { read: (user) => String(primaryEmail(user)?.verified === true) },
  'identity/phoneVerified': { read: (user) => String(primaryPhoneNumber(user)?.verified === true) },
  'identity/accountLocked': { read: ({ active }) => String(!active) },
}

/** The end of WSO2's URI -> the claim of tokens that it stands for, of those that a script may say for one sign-in. */
const SAID: Readonly<Record<string, string>> = {
  givenname: 'given_name',
  lastname: 'family_name',
  middleName: 'middle_name',
  fullname: 'name',
  nickname: 'nickname',
  url: 'profile',
  local: 'locale',
  timeZone: 'zoneinfo',
}

/** What `user.claims[uri] = value` left at the script's end. Other claims are the script's own, and go no further. */
export function saidBy(args: Arguments): { claims?: SaidClaims } {
  const said = Object.entries(args.map('claims')).flatMap(([uri, value]): [string, string][] => {
    const name = SAID[claimOf(uri)]
    if (name === undefined || value === '') return []
    if (value.length > LONGEST_SAID) throw new ScriptMistake(`a claim of tokens has at most ${LONGEST_SAID} characters`)
    return [[name, value]]
  })
  return said.length === 0 ? {} : { claims: Object.fromEntries(said) }
}

const FAILED_TRIES: ReadonlySet<string> = new Set(['identity/failedLoginAttemptsBeforeSuccess', 'identity/failedLoginAttempts'])

export const claims: HostGroup = {
  prelude: '',
  functions: {
    readClaim: {
      kind: 'reads',
      perform: async (world, args) => {
        const claim = claimOf(args.text('claim'))
        const user = await loadUser(world, args)
        if (FAILED_TRIES.has(claim)) return String(await world.failedTries(user.id))
        const known = Object.hasOwn(CLAIMS, claim) ? CLAIMS[claim]?.read(user) : user.attributes?.[claim]
        return known ?? null
      },
    },
    writeClaim: {
      kind: 'acts',
      perform: async (world, args) => {
        const claim = claimOf(args.text('claim'))
        const value = args.text('value')
        const user = await loadUser(world, args)
        if (FAILED_TRIES.has(claim)) {
          if (value === '0') await world.ctx.stores.tries.forget({ userId: user.id })
          return null
        }
        if (value.length > LONGEST_VALUE) throw new ScriptMistake(`a claim has at most ${LONGEST_VALUE} characters`)
        const write = Object.hasOwn(CLAIMS, claim) ? CLAIMS[claim]?.write : attribute(claim)
        if (write === undefined) throw new ScriptMistake(`a script does not write the claim ${claim}`)
        await changeMembership(world.ctx, user.id, (before) => write(before, value), 'user.updated')
        return null
      },
      words: (args) => `the claim ${claimOf(args.text('claim'))} was written`,
    },
  },
}

function claimOf(uri: string): string {
  return uri.replace(DIALECT, '')
}

function attribute(key: string): Claim['write'] {
  if (!ATTRIBUTE.test(key)) throw new ScriptMistake(`${key.slice(0, 60)} is no name for a claim`)
  return (user, value) => {
    const { [key]: _, ...rest } = user.attributes ?? {}
    if (Object.keys(rest).length >= MOST_ATTRIBUTES) throw new ScriptMistake(`a person has at most ${MOST_ATTRIBUTES} attributes`)
    return { ...user, attributes: value === '' ? rest : { ...rest, [key]: value } }
  }
}
