/** The function `admin`: the management API. */
import { adminApp } from '@gatehouse/http/admin/app.ts'
import { doorFunction } from './door_function.ts'
import { parseAdmin } from './environment.ts'
import { openDomainPorts } from './ports.ts'

const domains = openDomainPorts(parseAdmin(process.env))

export const handler = doorFunction({ admin: adminApp() }, domains ? { domains } : {})
