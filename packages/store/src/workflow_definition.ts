/** Workflow definitions: configuration of a tenant, a handful of items. Running requests carry their own copy of the levels. */
import type { WorkflowDefinition } from '@gatehouse/core/approval/level.ts'
import type { Actor } from '@gatehouse/core/event.ts'
import type { WorkflowId } from '@gatehouse/core/ids.ts'
import { ABSENT, fromItem, toItem } from './item.ts'
import { asConflict } from './refuse.ts'
import type { Shelf } from './shelf.ts'

const CHANGED = 'the workflow was changed by someone else'

export function workflowDefinitionStore(shelf: Shelf) {
  const key = (id: WorkflowId) => ({ pk: shelf.keys.configuration, sk: `WORKFLOW#${id}` })
  const store = {
    async find(id: WorkflowId): Promise<WorkflowDefinition | undefined> {
      const { item } = await shelf.table.get(key(id), { consistent: true })
      return item && fromItem<WorkflowDefinition>(item)
    },
    async list(): Promise<WorkflowDefinition[]> {
      const page = await shelf.table.query({ pk: shelf.keys.configuration, prefix: 'WORKFLOW#', limit: 1000, consistent: true })
      return page.items.map((item) => fromItem<WorkflowDefinition>(item))
    },
    async findByName(name: string): Promise<WorkflowDefinition | undefined> {
      return (await store.list()).find((workflow) => workflow.name === name)
    },
    /** `version` 0 creates. Throws `conflict` when a newer version is stored. */
    async save(workflow: WorkflowDefinition, actor: Actor): Promise<WorkflowDefinition> {
      const next = { ...workflow, version: workflow.version + 1 }
      const condition = workflow.version === 0 ? ABSENT : ([{ attribute: 'version', is: 'equal', value: workflow.version }] as const)
      const event = shelf.event('workflow.changed', { actor, data: { workflow: workflow.name, version: next.version } })
      await asConflict(shelf.table.put(toItem(key(workflow.id), next, { event }), condition), CHANGED)
      return next
    },
    async remove(workflow: WorkflowDefinition, actor: Actor): Promise<void> {
      const event = shelf.event('workflow.changed', { actor, data: { workflow: workflow.name, removed: true } })
      const gone = toItem({ pk: shelf.keys.configuration, sk: `GONE#WORKFLOW#${workflow.id}` }, {}, { ttl: shelf.now() + 86_400, event })
      const removal = { remove: key(workflow.id), condition: [{ attribute: 'version', is: 'equal', value: workflow.version }] } as const
      await asConflict(shelf.table.transact([removal, { put: gone }]), CHANGED)
    },
  }
  return store
}
