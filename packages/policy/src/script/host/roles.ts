/** Roles and groups of a person: by name, and by now. */
import type { RoleId, UserId } from '@gatehouse/core/ids.ts'
import { isPermission } from '@gatehouse/core/permissions.ts'
import { changeMembership } from '@gatehouse/directory/membership.ts'
import { type Arguments, ScriptMistake } from '../arguments.ts'
import type { HostFunction, HostGroup, World } from '../host_function.ts'

const prelude = `
const hasAny = (user, roles, of) => ask('hasAnyRole', { user: idOf(user, of), roles })
give('hasRole', (user, role) => hasAny(user, [role], 'hasRole'))
give('hasAnyOfTheRoles', (user, roles) => hasAny(user, roles, 'hasAnyOfTheRoles'))
give('isAnyOfTheRolesAssignedToUser', (user, roles) => hasAny(user, roles, 'isAnyOfTheRolesAssignedToUser'))
give('hasAnyOfTheRolesV2', (given, roles) => hasAny(given.currentKnownSubject, roles, 'hasAnyOfTheRolesV2'))
give('isMemberOfAnyOfGroups', (user, groups) => ask('isInAnyGroup', { user: idOf(user, 'isMemberOfAnyOfGroups'), groups }))
const changeRoles = (name) => (user, roles) => {
  const id = idOf(user, name)
  const done = ask(name, { user: id, roles })
  delete lookedUp['roles ' + id]
  return done
}
give('assignUserRoles', changeRoles('assignUserRoles'))
give('removeUserRoles', changeRoles('removeUserRoles'))
give('assignUserRolesV2', (given, roles) => globalThis.assignUserRoles(given.currentKnownSubject, roles))
give('removeUserRolesV2', (given, roles) => globalThis.removeUserRoles(given.currentKnownSubject, roles))
`

/** WSO2's roles stand in a domain, `Internal/` or `Application/`; ours in none. */
const plainName = (name: string) => name.replace(/^(?:Internal|Application)\//, '')

/** WSO2's role of everybody, where no role is called so. */
const EVERYBODY: ReadonlySet<string> = new Set(['Internal/everyone', 'everyone'])

const names = (all: readonly string[]) => all.map((name) => `"${name.slice(0, 60)}"`).join(', ')

function wordsOfAny([yes, no]: readonly [string, string], noun: string, all: readonly string[], found: boolean): string {
  if (all.length === 1) return `${found ? yes : no} the ${noun} ${names(all)}`
  return `${yes} ${found ? 'one' : 'none'} of the ${noun}s ${names(all)}`
}

export const roles: HostGroup = {
  prelude,
  functions: {
    hasAnyRole: {
      kind: 'reads',
      perform: async (world, args) => {
        const { held, all } = await roleNamesOf(world, await loadUser(world, args))
        const isEverybodys = (name: string) => EVERYBODY.has(name) && !all.includes(name) && !all.includes(plainName(name))
        return args.texts('roles').some((name) => held.includes(name) || held.includes(plainName(name)) || isEverybodys(name))
      },
      words: (args, value) => wordsOfAny(['holds', 'does not hold'], 'role', args.texts('roles'), value === true),
    },
    isInAnyGroup: {
      kind: 'reads',
      perform: async (world, args) => {
        const held = await groupNamesOf(world, await loadUser(world, args))
        return args.texts('groups').some((name) => held.includes(name))
      },
      words: (args, value) => wordsOfAny(['is in', 'is not in'], 'group', args.texts('groups'), value === true),
    },
    userRoles: { kind: 'reads', perform: async (world, args) => (await roleNamesOf(world, await loadUser(world, args))).held },
    userGroups: { kind: 'reads', perform: async (world, args) => groupNamesOf(world, await loadUser(world, args)) },
    assignUserRoles: changesRoles('was given', (held, ids) => [...new Set([...held, ...ids])]),
    removeUserRoles: changesRoles('lost', (held, ids) => held.filter((id) => !ids.includes(id))),
  },
}

function changesRoles(verb: string, change: (held: readonly RoleId[], ids: readonly RoleId[]) => readonly RoleId[]): HostFunction {
  return {
    kind: 'acts',
    perform: async (world, args) => {
      const roles = await world.ctx.stores.roles.list()
      const wanted = args.texts('roles').map((name) => (roles.some((role) => role.name === name) ? name : plainName(name)))
      const known = roles.filter(({ name }) => wanted.includes(name))
      // Whoever may write a script must not thereby make administrators, nor take the last one away.
      const administers = known.find(({ permissions }) => permissions.some(isPermission))
      if (administers !== undefined)
        throw new ScriptMistake(`a script changes nothing about the role ${administers.name}, which administers`)
      if (known.length < new Set(wanted).size) return false
      const ids = known.map(({ id }) => id)
      const { id } = await loadUser(world, args)
      const changed = await changeMembership(world.ctx, id, (user) => ({ ...user, roles: change(user.roles, ids) }))
      return changed !== undefined
    },
    words: (args, value) =>
      value === true ? `${verb} the role ${names(args.texts('roles'))}` : `the role ${names(args.texts('roles'))} was not changed`,
  }
}

/** A script acts on people whom it has met: who proved something here, or whom it found. */
export async function loadUser(world: World, args: Arguments) {
  const user = await world.findUser(args.text('user') as UserId)
  if (user === undefined) throw new ScriptMistake('the script asks about a person who is not here any more')
  return user
}

async function roleNamesOf({ ctx }: World, user: { readonly roles: readonly string[] }): Promise<{ held: string[]; all: string[] }> {
  const roles = await ctx.stores.roles.list()
  const nameOf = ({ name }: { readonly name: string }) => name
  return { held: roles.filter(({ id }) => user.roles.includes(id)).map(nameOf), all: roles.map(nameOf) }
}

async function groupNamesOf({ ctx }: World, user: { readonly groups: readonly string[] }): Promise<string[]> {
  const all = user.groups.length === 0 ? [] : await ctx.stores.groups.list()
  return all.filter(({ id }) => user.groups.includes(id)).map(({ displayName }) => displayName)
}
