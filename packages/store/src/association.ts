/** Associations: which operation needs which workflow, and when. One item each, found by a range over the operation. */
import type { FactCondition, Operation } from '@gatehouse/core/approval/operation.ts'
import type { Actor } from '@gatehouse/core/event.ts'
import type { WorkflowId } from '@gatehouse/core/ids.ts'
import { ABSENT, fromItem, toItem } from './item.ts'
import { asConflict } from './refuse.ts'
import type { Shelf } from './shelf.ts'

/** An operation and a workflow are associated once; the pair is the name. */
export type Association = {
  readonly operation: Operation
  readonly workflowId: WorkflowId
  readonly enabled: boolean
  readonly condition: FactCondition
  readonly createdAt: number
  readonly version: number
}

const CHANGED = 'the association was changed by someone else'

export function associationStore(shelf: Shelf) {
  const key = (of: Pick<Association, 'operation' | 'workflowId'>) => ({
    pk: shelf.keys.configuration,
    sk: `ASSOCIATION#${of.operation}#${of.workflowId}`,
  })
  return {
    async find(of: Pick<Association, 'operation' | 'workflowId'>): Promise<Association | undefined> {
      const { item } = await shelf.table.get(key(of), { consistent: true })
      return item && fromItem<Association>(item)
    },
    /** Of one operation, or all; in the order in which they were made, which is the order in which they are tried. */
    async list(operation?: Operation): Promise<Association[]> {
      const prefix = operation === undefined ? 'ASSOCIATION#' : `ASSOCIATION#${operation}#`
      const page = await shelf.table.query({ pk: shelf.keys.configuration, prefix, limit: 1000, consistent: true })
      return page.items
        .map((item) => fromItem<Association>(item))
        .sort((a, b) => a.createdAt - b.createdAt || (a.workflowId < b.workflowId ? -1 : 1))
    },
    /** `version` 0 creates. Throws `conflict` when a newer version is stored. */
    async save(association: Association, actor: Actor): Promise<Association> {
      const next = { ...association, version: association.version + 1 }
      const condition = association.version === 0 ? ABSENT : ([{ attribute: 'version', is: 'equal', value: association.version }] as const)
      const event = shelf.event('association.changed', {
        actor,
        data: { operation: association.operation, workflowId: association.workflowId },
      })
      await asConflict(shelf.table.put(toItem(key(association), next, { event }), condition), CHANGED)
      return next
    },
    async remove(association: Association, actor: Actor): Promise<void> {
      const event = shelf.event('association.changed', {
        actor,
        data: { operation: association.operation, workflowId: association.workflowId, removed: true },
      })
      const { pk, sk } = key(association)
      const removal = { remove: { pk, sk }, condition: [{ attribute: 'version', is: 'equal', value: association.version }] } as const
      await asConflict(
        shelf.table.transact([removal, { put: toItem({ pk, sk: `GONE#${sk}` }, {}, { ttl: shelf.now() + 86_400, event }) }]),
        CHANGED,
      )
    },
  }
}
