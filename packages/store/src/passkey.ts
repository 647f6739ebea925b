/**
 * Passkeys: whose one is, by what the authenticator calls it, and their use. The conditional write of a use raises the sign counter and spends the challenge on
 * the credential's own item, so that neither an assertion that was seen before nor one of a copied key is good.
 */
import type { PasskeyCredential } from '@gatehouse/core/credential.ts'
import type { Actor } from '@gatehouse/core/event.ts'
import type { CredentialId, UserId } from '@gatehouse/core/ids.ts'
import { isConflict } from '@gatehouse/core/table_error.ts'
import type { Item, Key, Test, Write } from '@gatehouse/ports/table.ts'
import { ABSENT, fromItem, PRESENT, plain, toItem } from './item.ts'
import { hashOf } from './keys.ts'
import { unlessConflict } from './refuse.ts'
import type { Shelf } from './shelf.ts'

export type PasskeyHolder = { readonly userId: UserId; readonly id: CredentialId }

export type PasskeyUse = {
  readonly challenge: string
  /** Seconds since the epoch: until when the challenge would be good. */
  readonly expiresAt: number
  readonly signCount: number
  readonly backedUp: boolean
}

/** `used`: this challenge was spent on it before, or it is gone. `fell_back`: the counter is not above the last one, as of a copy. `crowded`: too many uses within minutes. */
export type PasskeyUsed = 'right' | 'used' | 'fell_back' | 'crowded'

/** An attribute for each challenge that was spent and would still be good. */
const SPENT = /^spent_/
/** The item stays small; nobody signs in this often. */
const MOST_SPENT = 50

export function passkeyStore(shelf: Shelf) {
  const { table, keys } = shelf
  return {
    async findHolder(webauthnId: string, options: { consistent?: boolean } = {}): Promise<PasskeyHolder | undefined> {
      const { item } = await table.get(passkeyKey(shelf, { webauthnId }), options)
      return item && fromItem<PasskeyHolder>(item)
    },
    /** WebAuthn Level 3 section 7.2 steps 13 and 22, by one conditional write. `credential` as it was read for this use. */
    async use(userId: UserId, credential: PasskeyCredential, use: PasskeyUse): Promise<PasskeyUsed> {
      const { signCount, backedUp } = use
      const old = Object.entries(credential.spent)
        .filter(([, until]) => until <= shelf.now())
        .map(([mark]) => mark)
      if (Object.keys(credential.spent).length - old.length >= MOST_SPENT) return 'crowded'
      const mark = `spent_${hashOf(use.challenge)}`
      const above: Test = { attribute: 'signCount', is: signCount === 0 ? 'equal' : 'less', value: signCount }
      try {
        await table.update(
          { pk: keys.user(userId), sk: `A#CRED#passkey#${credential.id}` },
          { set: { [mark]: use.expiresAt, signCount, backedUp, lastUsedAt: shelf.now() }, ...(old.length > 0 ? { remove: old } : {}) },
          [{ attribute: mark, is: 'absent' }, above],
        )
        return 'right'
      } catch (error) {
        if (!isConflict(error)) throw error
        const { existing } = error
        return existing === undefined || existing[mark] !== undefined ? 'used' : 'fell_back'
      }
    },
    /** Marks it, and has its person told: once a day, or whoever has the copy floods them with that. */
    async suspectCopy(userId: UserId, { id }: PasskeyCredential, actor: Actor): Promise<void> {
      const event = shelf.event('passkey.copy_suspected', { actor, userId, data: { kind: 'passkey', credential: id } })
      const rarely: Test = {
        any: [
          { attribute: 'copySuspectedAt', is: 'absent' },
          { attribute: 'copySuspectedAt', is: 'at_most', value: shelf.now() - 86_400 },
        ],
      }
      const change = { set: { copySuspectedAt: shelf.now(), event: plain(event) } }
      await unlessConflict(table.update({ pk: keys.user(userId), sk: `A#CRED#passkey#${id}` }, change, [...PRESENT, rarely]))
    },
  }
}

/** Writes that stand in the transaction which adds or removes the credential itself: one that somebody has is nobody else's. */
export function passkeyHolder(shelf: Shelf) {
  return {
    holdWrite: (credential: Pick<PasskeyCredential, 'webauthnId' | 'id'>, userId: UserId): Write => ({
      put: toItem(passkeyKey(shelf, credential), { userId, id: credential.id } satisfies PasskeyHolder),
      condition: ABSENT,
    }),
    releaseWrite: (credential: Pick<PasskeyCredential, 'webauthnId' | 'id'>): Write => ({
      remove: passkeyKey(shelf, credential),
      condition: [{ attribute: 'id', is: 'equal', value: credential.id }],
    }),
  }
}

export function passkeyKey({ keys }: Pick<Shelf, 'keys'>, { webauthnId }: Pick<PasskeyCredential, 'webauthnId'>): Key {
  return { pk: keys.passkey(webauthnId), sk: 'M' }
}

export function storedPasskey({ spent, ...rest }: PasskeyCredential): object {
  return { ...rest, ...spent }
}

export function passkeyOf(item: Item): PasskeyCredential {
  const noun = fromItem<PasskeyCredential & Record<string, unknown>>(item)
  const attributes = Object.entries(noun)
  const spent = Object.fromEntries(attributes.flatMap(([name, until]) => (SPENT.test(name) ? [[name, Number(until)]] : [])))
  const rest = Object.fromEntries(attributes.filter(([name]) => !SPENT.test(name)))
  // Items are written by `storedPasskey` and `use` only.
  return { ...(rest as PasskeyCredential), spent }
}
