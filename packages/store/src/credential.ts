/** What people prove who they are with, besides the password: an item each, beside the profile. What makes a use single is a condition on that item. */
import type { Credential, CredentialKind, RecoveryCodes } from '@gatehouse/core/credential.ts'
import type { Actor, HouseEvent } from '@gatehouse/core/event.ts'
import type { CredentialId, UserId } from '@gatehouse/core/ids.ts'
import type { TableError } from '@gatehouse/core/table_error.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { Change, Item, Test, Write } from '@gatehouse/ports/table.ts'
import { credentialHolder } from './credential_holder.ts'
import { ABSENT, fromItem, PRESENT, plain, toItem } from './item.ts'
import { passkeyOf, storedPasskey } from './passkey.ts'
import { asConflict, unlessConflict } from './refuse.ts'
import type { Shelf } from './shelf.ts'

const CHANGED = 'this person was changed by someone else meanwhile'
/** By whom, nobody is told. */
const TAKEN: { readonly [K in CredentialKind]?: string } = {
  passkey: 'this passkey is registered already',
  x509: 'this certificate is registered already',
}
/** Each recovery code is an attribute of its own, so that it can be taken away on the condition that it is there. */
const CODE = /^code\d+$/

/** A credential as it is stored: recovery codes with the hash of each. */
export type NewCredential = Exclude<Credential, RecoveryCodes> | (Omit<RecoveryCodes, 'left'> & { readonly hashes: readonly string[] })

export function credentialStore(shelf: Shelf) {
  const { table, keys } = shelf
  const key = (userId: UserId, { kind, id }: { kind: CredentialKind; id: CredentialId }) => ({
    pk: keys.user(userId),
    sk: `A#CRED#${kind}#${id}`,
  })
  const change = (userId: UserId, credential: Credential, what: Change, condition: readonly Test[]) =>
    unlessConflict(table.update(key(userId, credential), what, condition))

  const holder = credentialHolder(shelf)

  return {
    /** As it is now. */
    async find<K extends CredentialKind>(userId: UserId, kind: K, id: CredentialId): Promise<Extract<Credential, { kind: K }> | undefined> {
      const { item } = await table.get(key(userId, { kind, id }), { consistent: true })
      // The kind stands in the key.
      return item && (credentialOf(item) as Extract<Credential, { kind: K }>)
    },
    /** `consistent` where something is decided by what is not there. */
    async list(userId: UserId, options: { consistent?: boolean } = {}): Promise<Credential[]> {
      const { items } = await table.query({ pk: keys.user(userId), prefix: 'A#CRED#', limit: 100, ...options })
      return items.filter(({ sk }) => sk !== 'A#CRED#password').map(credentialOf)
    },
    /**
     * With the profile that says so, and whatever else is right only together. Throws `conflict` when the person, and with them another credential, has
     * changed, or somebody has this very passkey or certificate.
     */
    async add(userId: UserId, credential: NewCredential, profile: Write, ...alongside: readonly Write[]): Promise<void> {
      const put: Write = { put: toItem(key(userId, credential), stored(credential)), condition: ABSENT }
      const held = holder.holdWrites(credential, userId)
      const refused = ({ index }: TableError) => (index === 2 && TAKEN[credential.kind]) || CHANGED
      await asConflict(table.transact([profile, put, ...held, ...alongside]), refused)
    },
    async remove(userId: UserId, credentials: readonly Credential[], profile: Write): Promise<void> {
      const removed = credentials.flatMap((credential): Write[] => [
        { remove: key(userId, credential), condition: PRESENT },
        ...holder.releaseWrites(credential),
      ])
      await asConflict(table.transact([profile, ...removed]), CHANGED)
    },
    /** The new codes replace all that there were. */
    async replaceRecoveryCodes(userId: UserId, before: RecoveryCodes | undefined, codes: NewCredential, profile: Write): Promise<void> {
      const removed: Write[] = before ? [{ remove: key(userId, before), condition: PRESENT }] : []
      const put: Write = { put: toItem(key(userId, codes), stored(codes)), condition: ABSENT }
      await asConflict(table.transact([profile, ...removed, put]), CHANGED)
    },
    /** False when it is gone. */
    async rename(userId: UserId, credential: Credential, name: string, actor: Actor): Promise<boolean> {
      const event = shelf.event('credential.renamed', { actor, userId, data: { kind: credential.kind, credential: credential.id } })
      return change(userId, credential, { set: { name, event: plain(event) } }, PRESENT)
    },
    /** For `lastUsedAt`, by which choices are ordered; a credential that is gone meanwhile stays gone. */
    async markUsed(userId: UserId, credential: Credential): Promise<void> {
      await change(userId, credential, { set: { lastUsedAt: shelf.now() } }, PRESENT)
    },
    /** RFC 6238 section 5.2: true for the first who comes with this time step, or a later one than all before. */
    useTotpStep(userId: UserId, credential: Credential, step: number): Promise<boolean> {
      return change(userId, credential, { set: { lastStep: step, lastUsedAt: shelf.now() } }, [
        { attribute: 'lastStep', is: 'less', value: step },
      ])
    },
    /** True for the first. `place` as `recoveryHashes` gives it. */
    useRecoveryCode(userId: UserId, credential: Credential, place: string, hash: string, event: HouseEvent): Promise<boolean> {
      return change(userId, credential, { remove: [place], set: { lastUsedAt: shelf.now(), event: plain(event) } }, [
        { attribute: place, is: 'equal', value: hash },
      ])
    },
    /** Place -> hash of the codes that are left. */
    async recoveryHashes(userId: UserId, credential: Credential): Promise<ReadonlyMap<string, string>> {
      const { item } = await table.get(key(userId, credential), { consistent: true })
      return new Map(Object.entries(item ?? {}).flatMap(([name, hash]) => (CODE.test(name) ? [[name, String(hash)]] : [])))
    },
  }
}

/** The kinds that the profile names when these are all there are. */
export function kindsOf(credentials: readonly Pick<Credential, 'kind'>[]): NonNullable<User['factors']> {
  return [...new Set(credentials.map(({ kind }) => kind))].sort()
}

function stored(credential: NewCredential): object {
  if (credential.kind === 'passkey') return storedPasskey(credential)
  if (credential.kind !== 'recovery_code') return credential
  const { hashes, ...rest } = credential
  return { ...rest, ...Object.fromEntries(hashes.map((hash, index) => [`code${index}`, hash])) }
}

function credentialOf(item: Item): Credential {
  const noun = fromItem<Credential & Record<string, unknown>>(item)
  if (noun.kind === 'passkey') return passkeyOf(item)
  if (noun.kind !== 'recovery_code') return noun
  const { id, kind, name, createdAt, lastUsedAt } = noun
  const left = Object.keys(noun).filter((attribute) => CODE.test(attribute)).length
  return { id, kind, name, createdAt, left, ...(lastUsedAt === undefined ? {} : { lastUsedAt }) }
}
