/** The function `approve`: the tasks of approvers, and the page that the link of a mail opens. */
import { approveApp } from '@gatehouse/http/approve/app.ts'
import { doorFunction } from './door_function.ts'

export const handler = doorFunction({ approve: approveApp() })
