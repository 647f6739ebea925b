/** The function `task`: what `approval.asl.json` calls. The record says whether its step is still due, so late and double calls are harmless. */
import type { WorkflowTask } from '@gatehouse/ports/workflow.ts'
import { approvalTasks } from '@gatehouse/workflow/tasks/approval_tasks.ts'
import { parseTask } from './environment.ts'
import { contextOf, openBackgroundHouse } from './house.ts'
import { openDoorPorts, openWorkflow } from './ports.ts'

type TaskEvent = Readonly<Record<string, unknown>> & { readonly task: string }

const environment = parseTask(process.env)
const house = openBackgroundHouse(openDoorPorts(environment), environment)
const workflow = openWorkflow(environment)
const run: WorkflowTask = approvalTasks({
  contextOf: (tenantId) => contextOf(house, tenantId),
  signal: (taskToken, output) => workflow.signal(taskToken, output),
})

export const handler = ({ task, ...input }: TaskEvent): Promise<Readonly<Record<string, unknown>>> => run(task, input)
