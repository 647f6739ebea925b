/** The table of what scripts may ask, group by group. A new function is a row in a group's file; a new group, a file and a line here. */
import { claims } from './host/claims.ts'
import { cookies } from './host/cookies.ts'
import { http } from './host/http.ts'
import { people } from './host/people.ts'
import { request } from './host/request.ts'
import { roles } from './host/roles.ts'
import { sessions } from './host/sessions.ts'
import { tools } from './host/tools.ts'
import type { HostFunction, HostGroup } from './host_function.ts'

export const HOST_GROUPS: readonly HostGroup[] = [request, roles, claims, cookies, sessions, people, http, tools]

export const HOST_FUNCTIONS: Readonly<Record<string, HostFunction>> = Object.assign({}, ...HOST_GROUPS.map(({ functions }) => functions))
