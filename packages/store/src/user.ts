/** People: profile, password, roles and the names that lead to them. A name is one item, so two people can never have the same. */
import type { Actor, EventKind, HouseEvent } from '@gatehouse/core/event.ts'
import type { FactorKind } from '@gatehouse/core/factor.ts'
import type { GroupId, RequestId, RoleId, SessionId, UserId } from '@gatehouse/core/ids.ts'
import { isConflict } from '@gatehouse/core/table_error.ts'
import { primaryEmail, shownName, type User } from '@gatehouse/core/user.ts'
import type { Condition, Item, Write } from '@gatehouse/ports/table.ts'
import { credentialHolder } from './credential_holder.ts'
import { ABSENT, fromItem, plain, toItem } from './item.ts'
import { foldName, USER_SHARDS, userShard } from './keys.ts'
import { memberWrites, NOWHERE } from './membership.ts'
import { asConflict, unlessConflict } from './refuse.ts'
import type { Shelf } from './shelf.ts'
import { type TriesState, triesOf, triesSortKey } from './tries.ts'

/** Who has a user name: a person, or a registration that waits for approval. */
export type NameHolder = { readonly kind: 'user'; readonly userId: UserId } | { readonly kind: 'pending'; readonly requestId: RequestId }
/** `revokedAt`: somebody else may know it, so it opens nothing any more. Seconds since the epoch. */
export type PasswordCredential = { readonly hash: string; readonly changedAt: number; readonly revokedAt?: number }
/** What was agreed to, when, in which language, and from where: kept with the person. */
export type PolicyAcceptance = {
  readonly policy: 'privacy'
  readonly version: string
  readonly acceptedAt: number
  readonly locale: string
}
/** All that a sign-in needs of a person, in one read. */
export type UserRecord = {
  readonly user: User
  readonly password: PasswordCredential | undefined
  /** There was one, and somebody took it out of force. */
  readonly revokedPassword: PasswordCredential | undefined
  readonly tries: TriesState | undefined
  readonly acceptances: readonly PolicyAcceptance[]
}
/** `heldBy`: the registration that kept the name; `from`: where the person was brought over from. */
export type CreationFacts = {
  readonly actor: Actor
  readonly acceptances?: readonly PolicyAcceptance[]
  readonly heldBy?: RequestId
  readonly from?: 'migration'
}
export type UserSummary = {
  readonly id: UserId
  readonly userName: string
  readonly displayName: string
  readonly email?: string
  readonly active: boolean
}

export type PasswordSetting = {
  /** The security epoch stays: the tenant ends no sessions with a new password. */
  readonly keepsSessions?: boolean
  /** How it came to be set, where neither in My Account nor by an administrator. */
  readonly how?: 'recovery' | 'invitation' | 'forced' | 'breached' | 'expired'
  readonly alongside?: readonly Write[]
}

export function userStore(shelf: Shelf) {
  const { keys, table } = shelf
  const profileKey = (id: UserId) => ({ pk: keys.user(id), sk: 'A#PROFILE' })
  const passwordKey = (id: UserId) => ({ pk: keys.user(id), sk: 'A#CRED#password' })
  const holder = credentialHolder(shelf)
  const nameKey = (userName: string) => ({ pk: keys.userName(userName), sk: 'M' })
  const acceptanceItem = (id: UserId, acceptance: PolicyAcceptance) =>
    toItem({ pk: keys.user(id), sk: `A#TERMS#${acceptance.policy}#${acceptance.version}` }, acceptance)

  const profileItem = (user: User, event: HouseEvent): Item =>
    toItem(profileKey(user.id), user, {
      ipk: keys.users(userShard(user.id)),
      isk: `${foldName(user.userName)}#${user.id}`,
      label: { id: user.id, userName: user.userName, displayName: shownName(user), email: primaryEmail(user)?.value, active: user.active },
      event,
    })

  const store = {
    /** `consistent` for decisions; half the price without. */
    async find(id: UserId, options: { consistent?: boolean } = {}): Promise<User | undefined> {
      const { item } = await table.get(profileKey(id), options)
      return item && fromItem<User>(item)
    },
    async findNameHolder(userName: string): Promise<NameHolder | undefined> {
      const { item } = await table.get(nameKey(userName))
      return item && fromItem<NameHolder>(item)
    },
    async findByName(userName: string): Promise<User | undefined> {
      const holder = await store.findNameHolder(userName)
      return holder?.kind === 'user' ? store.find(holder.userId, { consistent: true }) : undefined
    },
    /** Profile, password, tries and acceptances in one query. `knownBrowser`: the tries are those from that browser. */
    async findRecord(
      id: UserId,
      { knownBrowser, ...options }: { consistent?: boolean; knownBrowser?: string } = {},
    ): Promise<UserRecord | undefined> {
      const items: Item[] = []
      let cursor: string | undefined
      // One page but for a person whose tries wait under very many browsers: their keys stand before the profile's.
      do {
        const page = await table.query({
          pk: keys.user(id),
          prefix: 'A#',
          limit: 100,
          ...options,
          ...(cursor === undefined ? {} : { cursor }),
        })
        items.push(...page.items)
        cursor = page.cursor
      } while (cursor !== undefined)
      const at = (sk: string) => items.find((item) => item.sk === sk)
      const profile = at('A#PROFILE')
      if (!profile) return undefined
      const [stored, tries] = [at('A#CRED#password'), at(triesSortKey(knownBrowser))]
      const password = stored && fromItem<PasswordCredential>(stored)
      const isRevoked = password?.revokedAt !== undefined
      return {
        user: fromItem<User>(profile),
        password: isRevoked ? undefined : password,
        revokedPassword: isRevoked ? password : undefined,
        tries: tries && triesOf(tries, shelf.now()),
        acceptances: items.filter((item) => item.sk.startsWith('A#TERMS#')).map((item) => fromItem<PolicyAcceptance>(item)),
      }
    },
    /** The writes that bring a person into being; `heldBy` takes over the name from that registration, else the name must be free. */
    createWrites(user: User, passwordHash: string | undefined, facts: CreationFacts): Write[] {
      const event = shelf.event('user.created', {
        actor: facts.actor,
        userId: user.id,
        ...(facts.heldBy ? { requestId: facts.heldBy } : {}),
        ...(facts.from ? { data: { from: facts.from } } : {}),
      })
      return [
        {
          put: toItem(nameKey(user.userName), { kind: 'user', userId: user.id } satisfies NameHolder),
          condition: facts.heldBy ? [{ attribute: 'requestId', is: 'equal', value: facts.heldBy }] : ABSENT,
        },
        { put: profileItem(passwordHash === undefined ? user : { ...user, passwordChangedAt: shelf.now() }, event), condition: ABSENT },
        ...(passwordHash === undefined
          ? []
          : [{ put: toItem(passwordKey(user.id), { hash: passwordHash, changedAt: shelf.now() } satisfies PasswordCredential) }]),
        ...(facts.acceptances ?? []).map((acceptance) => ({ put: acceptanceItem(user.id, acceptance) })),
        ...memberWrites(keys, user.id, NOWHERE, user),
      ]
    },
    /** Throws `conflict` when the user name is taken. */
    async create(
      user: User,
      passwordHash: string | undefined,
      facts: CreationFacts,
      /** What happens with it, or not at all; where one of these is refused, so is the person. */
      alongside: readonly Write[] = [],
    ): Promise<void> {
      await asConflict(table.transact([...store.createWrites(user, passwordHash, facts), ...alongside]), 'this user name is taken')
    },
    /** Keeps a name for a registration that waits. The write stands in the transaction that opens the request; its condition fails when the name is held. */
    reserveNameWrite(userName: string, requestId: RequestId): Write {
      return { put: toItem(nameKey(userName), { kind: 'pending', requestId } satisfies NameHolder), condition: ABSENT }
    },
    /** Frees a name that a registration held; does nothing to a name that has gone to a person since. */
    releaseNameWrite(userName: string, requestId: RequestId): Write {
      return {
        remove: nameKey(userName),
        condition: [
          {
            any: [
              { attribute: 'pk', is: 'absent' },
              { attribute: 'requestId', is: 'equal', value: requestId },
            ],
          },
        ],
      }
    },
    async releaseName(userName: string, requestId: RequestId): Promise<void> {
      await table.transact([store.releaseNameWrite(userName, requestId)])
    },
    /** For a transaction that is right only while the person is as they were read: active, with these roles. */
    unchangedWrite(user: User): Write {
      return { check: profileKey(user.id), condition: [{ attribute: 'version', is: 'equal', value: user.version }] }
    },
    /** `before` as it was read; throws `conflict` when it has changed since, or `only` does not hold. The user name cannot be changed. */
    async update(
      before: User,
      after: User,
      kind: EventKind,
      actor: Actor,
      only: readonly Write[] = [],
      data: NonNullable<HouseEvent['data']> = {},
    ): Promise<User> {
      const next: User = {
        ...after,
        userName: before.userName,
        id: before.id,
        ...(before.consentEpoch === undefined ? {} : { consentEpoch: before.consentEpoch }),
        ...(before.factors === undefined ? {} : { factors: before.factors }),
        version: before.version + 1,
        updatedAt: new Date(shelf.clock.now()).toISOString(),
      }
      const put: Write = {
        put: profileItem(next, shelf.event(kind, { actor, userId: before.id, ...withData({ ...rolesTouched(before, next), ...data }) })),
        condition: asRead(before),
      }
      const members = memberWrites(keys, before.id, before, next)
      const others = [...members, ...only]
      const work = others.length === 0 ? table.put(put.put, put.condition) : table.transact([put, ...others])
      await asConflict(work, 'this person was changed by someone else meanwhile')
      return next
    },
    /**
     * Sets the password and, unless sessions are to go on, raises the security epoch in one step, so that what was issued before can be told apart. Returns the
     * new person. `alongside` is written with it, or neither is.
     */
    async setPassword(
      before: User,
      hash: string,
      actor: Actor,
      { keepsSessions = false, how, alongside = [] }: PasswordSetting = {},
    ): Promise<User> {
      const { passwordChange: _, passwordChosenAt: __, ...rest } = before
      const isChosen = how !== undefined || actor.userId === before.id
      const next: User = {
        ...rest,
        passwordChangedAt: shelf.now(),
        ...(isChosen ? { passwordChosenAt: shelf.now() } : {}),
        securityEpoch: before.securityEpoch + (keepsSessions ? 0 : 1),
        version: before.version + 1,
        updatedAt: new Date(shelf.clock.now()).toISOString(),
      }
      const writes: Write[] = [
        {
          put: profileItem(
            next,
            shelf.event('user.password_changed', { actor, userId: before.id, ...(how === undefined ? {} : { data: { how } }) }),
          ),
          condition: asRead(before),
        },
        { put: toItem(passwordKey(before.id), { hash, changedAt: shelf.now() } satisfies PasswordCredential) },
        ...alongside,
      ]
      await asConflict(table.transact(writes), 'this person was changed by someone else meanwhile')
      return next
    },
    /** Takes the password out of force: it stays as what must not be chosen again. Stands in the transaction that says why. */
    passwordRevokedWrite(id: UserId): Write {
      return { update: passwordKey(id), change: { set: { revokedAt: shelf.now() } }, condition: [{ attribute: 'pk', is: 'present' }] }
    },
    /** Also one that opens nothing any more was one. */
    async neverHadPassword(id: UserId): Promise<boolean> {
      const { item } = await table.get(passwordKey(id), { consistent: true })
      return item === undefined
    },
    /** Throws `conflict` where there is, or was, one. */
    async giveFirstPassword(id: UserId, hash: string, actor: Actor): Promise<void> {
      const event = shelf.event('user.password_renewed', { actor, userId: id, data: { from: 'migration' } })
      const item = toItem(passwordKey(id), { hash, changedAt: shelf.now() } satisfies PasswordCredential, { event })
      await asConflict(table.put(item, ABSENT), 'this person has a password already')
    },
    /** The same password under another hash: nothing ends with it. Does nothing where the hash is not the one that was compared any more. */
    async renewPassword(id: UserId, before: string, hash: string, actor: Actor): Promise<void> {
      const event = shelf.event('user.password_renewed', { actor, userId: id })
      const same: Condition = [{ attribute: 'hash', is: 'equal', value: before }]
      await unlessConflict(table.update(passwordKey(id), { set: { hash, event: plain(event) } }, same))
    },
    /** They must set a new one at the next sign-in, or, by mail, the present one is worth nothing at once: `revoked` says so, where there is one. */
    async requirePasswordChange(
      before: User,
      by: 'sign_in' | 'mail',
      endsSessions: boolean,
      actor: Actor,
      revoked: readonly Write[] = [],
    ): Promise<User> {
      const { passwordChange: _, ...rest } = before
      const next: User = {
        ...rest,
        ...(by === 'sign_in' ? { passwordChange: 'forced' as const } : {}),
        securityEpoch: before.securityEpoch + (endsSessions ? 1 : 0),
        version: before.version + 1,
        updatedAt: new Date(shelf.clock.now()).toISOString(),
      }
      const event = shelf.event('user.password_change_required', { actor, userId: before.id, data: { by } })
      const put: Write = { put: profileItem(next, event), condition: asRead(before) }
      await asConflict(table.transact([put, ...revoked]), 'this person was changed by someone else meanwhile')
      return next
    },
    /** The person with these kinds of second factors; the write stands in the transaction that adds or removes one. */
    factorsWrite(before: User, factors: readonly FactorKind[], event: HouseEvent): { readonly user: User; readonly write: Write } {
      const { factors: _, ...rest } = before
      const user: User = {
        ...rest,
        ...(factors.length === 0 ? {} : { factors }),
        version: before.version + 1,
        updatedAt: new Date(shelf.clock.now()).toISOString(),
      }
      return { user, write: { put: profileItem(user, event), condition: asRead(before) } }
    },
    /** True while this is the first sign-in of the person that the house has seen, however often it is asked. */
    async isFirstSignIn(id: UserId, sessionId: SessionId): Promise<boolean> {
      const key = { pk: keys.user(id), sk: 'N#FIRST' }
      // Of all sign-ins one finds nothing, and a read costs a tenth of a write that fails.
      const { item } = await table.get(key)
      if (item !== undefined) return item.sessionId === sessionId
      try {
        await table.put(toItem(key, { sessionId }), ABSENT)
        return true
      } catch (error) {
        if (!isConflict(error)) throw error
        return error.existing?.sessionId === sessionId
      }
    },
    async accept(id: UserId, acceptance: PolicyAcceptance): Promise<void> {
      await table.put(acceptanceItem(id, acceptance))
    },
    /** Removes the person: name, profile, password, memberships, and everything else in their partition (sessions, consents, authorizations). */
    async remove(user: User, actor: Actor): Promise<void> {
      const gone = toItem(
        { pk: keys.user(user.id), sk: 'Z#GONE' },
        {},
        { ttl: shelf.now() + 90 * 86_400, event: shelf.event('user.deleted', { actor, userId: user.id, data: { roles: user.roles } }) },
      )
      await table.transact([
        { remove: nameKey(user.userName) },
        { remove: profileKey(user.id), condition: [{ attribute: 'version', is: 'equal', value: user.version }] },
        { put: gone },
        ...memberWrites(keys, user.id, user, NOWHERE),
      ])
      for (;;) {
        const page = await table.query({ pk: keys.user(user.id), from: 'A', to: 'Y', limit: 100 })
        for (const item of page.items) {
          const held = holder.keyOf(item)
          if (held) await table.remove(held)
          await table.remove({ pk: item.pk, sk: item.sk })
        }
        if (page.cursor === undefined) return
      }
    },
    /** By user name, case-folded; `startsWith` filters by the beginning of the name. Pages are merged over the shards. */
    async list(
      limit: number,
      options: { cursor?: string; startsWith?: string } = {},
    ): Promise<{ users: UserSummary[]; cursor: string | undefined }> {
      const start = foldName(options.startsWith ?? '')
      const after = options.cursor === undefined ? undefined : Buffer.from(options.cursor, 'base64url').toString()
      const from = after || start
      const pages = await Promise.all(
        Array.from({ length: USER_SHARDS }, (_, shard) =>
          table.query({ pk: keys.users(shard), index: true, limit: limit + 1, ...(from && { from }), to: `${start}\u{10ffff}` }),
        ),
      )
      const found = pages
        .flatMap((page) => page.items)
        .filter((item) => after === undefined || String(item.isk) > after)
        .sort((a, b) => (String(a.isk) < String(b.isk) ? -1 : 1))
      const shown = found.slice(0, limit)
      const last = shown.at(-1)
      return {
        users: shown.map((item) => item.label as unknown as UserSummary),
        cursor: found.length > limit && last ? Buffer.from(String(last.isk)).toString('base64url') : undefined,
      }
    },
    /** Ids of those who hold a role, a page at a time. */
    async listRoleMembers(roleId: RoleId, limit: number, cursor?: string): Promise<{ userIds: UserId[]; cursor: string | undefined }> {
      return members(keys.role(roleId), limit, cursor)
    },
    /** Ids of those whose verified number it is: several may share a phone. */
    async listNumberHolders(number: string): Promise<UserId[]> {
      return (await members(keys.phoneNumber(number), 20)).userIds
    },
    async listGroupMembers(groupId: GroupId, limit: number, cursor?: string): Promise<{ userIds: UserId[]; cursor: string | undefined }> {
      return members(keys.group(groupId), limit, cursor)
    },
  }
  return store

  /** Role ids whose holders are others than before: what waits for a role's holders is looked at again. */
  function rolesTouched(before: User, after: User): { roles?: readonly string[] } {
    const both = before.active === after.active ? before.roles.filter((role) => after.roles.includes(role)) : []
    const roles = [...new Set([...before.roles, ...after.roles])].filter((role) => !both.includes(role))
    return roles.length === 0 ? {} : { roles }
  }

  async function members(pk: string, limit: number, cursor?: string): Promise<{ userIds: UserId[]; cursor: string | undefined }> {
    const page = await table.query({ pk, prefix: 'U#', limit, consistent: true, ...(cursor === undefined ? {} : { cursor }) })
    return { userIds: page.items.map((item) => item.userId as UserId), cursor: page.cursor }
  }
}

function withData(data: NonNullable<HouseEvent['data']>): Pick<HouseEvent, 'data'> {
  return Object.keys(data).length === 0 ? {} : { data }
}

/** A consent withdrawn meanwhile counts: writing the person as they were read would undo it. */
function asRead({ version, consentEpoch }: User): Condition {
  return [
    { attribute: 'version', is: 'equal', value: version },
    consentEpoch === undefined
      ? { attribute: 'consentEpoch', is: 'absent' }
      : { attribute: 'consentEpoch', is: 'equal', value: consentEpoch },
  ]
}
