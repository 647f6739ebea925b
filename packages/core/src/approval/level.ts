/** The levels of a workflow: who may decide, and what happens when nobody does. */
import { IamError } from '../error.ts'
import type { RoleId, UserId, WorkflowId } from '../ids.ts'

/** By id, never by name: a new role or person with an old name inherits nothing. */
export type Approvers = { readonly roles: readonly RoleId[]; readonly users: readonly UserId[] }

/** One approval of one approver opens the next level; one rejection ends the request. */
export type Level = {
  readonly name: string
  readonly approvers: Approvers
  readonly timeout?: LevelTimeout
}

/** `remind` mails the approvers again after each `seconds`; `escalate` adds `to` once, then reminds; `expire` ends the request. */
export type LevelTimeout =
  | { readonly seconds: number; readonly action: 'remind' | 'expire' }
  | { readonly seconds: number; readonly action: 'escalate'; readonly to: Approvers }

export type WorkflowDefinition = {
  readonly id: WorkflowId
  readonly name: string
  readonly levels: readonly Level[]
  /** Grows with each edit. A request keeps a copy of the levels that it started with. */
  readonly version: number
}

export const MAXIMUM_LEVELS = 10
/** A decision moves the inbox entries of two levels in one transaction of at most 100 writes. */
export const MAXIMUM_APPROVERS = 20
export const SHORTEST_TIMEOUT_SECONDS = 60

/** Throws `validation_failed`, naming what is wrong by its place. */
export function checkLevels(levels: readonly Level[]): void {
  const fields: Record<string, string> = {}
  if (levels.length === 0 || levels.length > MAXIMUM_LEVELS)
    fields.levels = `a workflow has 1 to ${MAXIMUM_LEVELS} levels, not ${levels.length}`
  levels.forEach((level, index) => {
    const place = `levels/${index}`
    if (level.name.trim() === '') fields[`${place}/name`] = 'a level has a name'
    checkApprovers(level.approvers, `${place}/approvers`, fields)
    if (level.timeout === undefined) return
    if (!Number.isInteger(level.timeout.seconds) || level.timeout.seconds < SHORTEST_TIMEOUT_SECONDS) {
      fields[`${place}/timeout/seconds`] = `whole seconds, at least ${SHORTEST_TIMEOUT_SECONDS}`
    }
    if (level.timeout.action === 'escalate') checkApprovers(level.timeout.to, `${place}/timeout/to`, fields)
  })
  if (Object.keys(fields).length > 0) throw new IamError('validation_failed', 'the levels of the workflow are not complete', { fields })
}

function checkApprovers({ roles, users }: Approvers, place: string, fields: Record<string, string>): void {
  const count = roles.length + users.length
  if (count === 0 || count > MAXIMUM_APPROVERS) fields[place] = `1 to ${MAXIMUM_APPROVERS} roles and users in all, not ${count}`
}

export function joinApprovers(one: Approvers, other: Approvers): Approvers {
  return { roles: [...new Set([...one.roles, ...other.roles])], users: [...new Set([...one.users, ...other.users])] }
}
