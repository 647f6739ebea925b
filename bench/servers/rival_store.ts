/**
 * A durable store for the rival: its adapter over the house's own SQLite table, with the same group commit and the same synced writes. Its documentation asks
 * whoever deploys it to bring one; the one that it comes with forgets.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLocalPorts } from '@gatehouse/local/ports.ts'
import type { Item, Table } from '@gatehouse/ports/table.ts'
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider'

export type RivalStore = { readonly adapter: AdapterFactory; close(): Promise<void> }

/** A fresh one in a directory of its own, which goes with it. */
export async function openRivalStore(): Promise<RivalStore> {
  const data = await mkdtemp(join(tmpdir(), 'gatehouse-bench-rival-'))
  const { ports, close } = await openLocalPorts({ data, allowedLoopbackPorts: [] }, () => async () => ({}))
  return {
    adapter: (model) => adapterOf(ports.table, model),
    async close() {
      await close()
      await rm(data, { recursive: true, force: true })
    },
  }
}

function adapterOf(table: Table, model: string): Adapter {
  const keyOf = (id: string) => ({ pk: `${model}#${id}`, sk: 'X' })
  const find = async (id: string): Promise<AdapterPayload | undefined> => payloadOf((await table.get(keyOf(id), { consistent: true })).item)
  return {
    async upsert(id, payload, expiresIn) {
      const { grantId, uid } = payload
      const expiry: Readonly<Record<string, number>> = expiresIn === undefined ? {} : { ttl: nowSeconds() + expiresIn }
      // A session is found by its uid, too; whatever belongs to a grant is listed under it.
      const named = model === 'Session' && uid !== undefined ? [table.put({ ...uidKey(uid), id, ...expiry })] : []
      const listed: Readonly<Record<string, string>> = grantId === undefined ? {} : { ipk: `grant#${grantId}`, isk: `${model}#${id}` }
      await Promise.all([...named, table.put({ ...keyOf(id), payload: JSON.stringify(payload), ...expiry, ...listed })])
    },
    find,
    async findByUid(uid) {
      const { item } = await table.get(uidKey(uid), { consistent: true })
      return typeof item?.id === 'string' ? find(item.id) : undefined
    },
    findByUserCode: async () => undefined,
    async consume(id) {
      await table.update(keyOf(id), { set: { consumed: nowSeconds() } })
    },
    async destroy(id) {
      await table.remove(keyOf(id))
    },
    async revokeByGrantId(grantId) {
      const { items } = await table.query({ pk: `grant#${grantId}`, index: true, limit: 1000 })
      await Promise.all(items.map(({ pk, sk }) => table.remove({ pk, sk })))
    },
  }
}

function uidKey(uid: string) {
  return { pk: `uid#${uid}`, sk: 'X' }
}

function payloadOf(item: Item | undefined): AdapterPayload | undefined {
  if (item === undefined || (typeof item.ttl === 'number' && item.ttl <= nowSeconds())) return undefined
  const payload: AdapterPayload = JSON.parse(String(item.payload))
  return item.consumed === undefined ? payload : { ...payload, consumed: item.consumed }
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000)
}
