/** What every task of `approval.asl.json` is given, checked. `level` is 0 and `taskToken` empty where the task has none. */
import type { RequestId } from '@gatehouse/core/ids.ts'

export type TaskInput = { readonly requestId: RequestId; readonly level: number; readonly taskToken: string }
