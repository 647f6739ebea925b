/** The function `admin`: the management API. */
import { adminApp } from '@gatehouse/http/admin/app.ts'
import { doorFunction } from './door_function.ts'

export const handler = doorFunction({ admin: adminApp() })
