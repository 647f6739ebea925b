/** The clock and postman of approvals: runs `approval.asl.json`. The request record is the truth; losing an execution loses nothing. */
export interface Workflow {
  /** Starts the execution named `requestId` of a tenant's request. One that runs already is success. */
  start(tenantId: string, requestId: string): Promise<void>
  /** Wakes the waiting task of a level, by the token that it stored. A token that is gone is success. */
  signal(taskToken: string, output: Readonly<Record<string, unknown>>): Promise<void>
}

/** What the execution calls back: the tasks named in `approval.asl.json`. Each answers by the record and does nothing when its step is no longer due. */
export type WorkflowTask = (name: string, input: Readonly<Record<string, unknown>>) => Promise<Readonly<Record<string, unknown>>>
