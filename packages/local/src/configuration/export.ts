/** Writes what a tenant is as a configuration file. Secrets and passwords are hashes in the house, so they are not in it. */
import { isBuiltInRole } from '@gatehouse/core/permissions.ts'
import { isBuiltInApplication } from '@gatehouse/http/admin/built_in_applications.ts'
import { stringify } from 'yaml'
import { type ApiClient, eachOf, getAll } from './api_client.ts'
import { type Declared, withSortedSets } from './differences.ts'

/** The house's own: an import makes its own. */
const NOT_EXPORTED = new Set(['secrets', 'createdAt', 'updatedAt', 'version', 'id'])

export async function exportTenant(client: ApiClient, id: string, format: 'yaml' | 'json'): Promise<string> {
  const tenant = (await client.get<Declared>('/tenant')) ?? {}
  const roles = (await client.get<{ roles: Declared[] }>('/roles'))?.roles ?? []
  const groups = (await client.get<{ groups: Declared[] }>('/groups'))?.groups ?? []
  const applications = await getAll<{ client_id: string }>(client, '/applications', 'applications')
  const users = await getAll<{ id: string }>(client, '/users', 'users')
  const described = {
    ...pick(tenant, ['display_name', 'locales', 'branding', 'policies', 'privacy_policy']),
    roles: byName(
      roles.filter((role) => !isBuiltInRole(String(role.name))),
      'name',
    ).map(own),
    groups: byName(groups, 'displayName').map(own),
    users: await details(
      client,
      users.map((user) => `/users/${user.id}`),
    ),
    applications: await details(
      client,
      applications.filter((one) => !isBuiltInApplication(one.client_id)).map((one) => `/applications/${encodeURIComponent(one.client_id)}`),
    ),
    workflows: byName((await client.get<{ workflows: Declared[] }>('/workflows'))?.workflows ?? [], 'name').map(own),
    associations: (await client.get<{ associations: Declared[] }>('/associations'))?.associations ?? [],
  }
  const file = { tenants: [{ id, ...described }] }
  return format === 'json' ? `${JSON.stringify(file, undefined, 2)}\n` : stringify(file, { lineWidth: 0 })
}

function details(client: ApiClient, paths: readonly string[]): Promise<Declared[]> {
  return eachOf(paths, async (path) => {
    const one = await client.get<Declared>(path)
    // Removed since it was listed.
    return one ? [own(one)] : []
  })
}

function own(record: Declared): Declared {
  return withSortedSets(Object.fromEntries(Object.entries(record).filter(([field]) => !NOT_EXPORTED.has(field))))
}

/** Ids order them in the house; a file that is kept under version control shall not change with them. Associations keep theirs: it says which is tried first. */
function byName(all: readonly Declared[], name: string): Declared[] {
  return [...all].sort((a, b) => (String(a[name]) < String(b[name]) ? -1 : 1))
}

function pick(record: Declared, fields: readonly string[]): Declared {
  return Object.fromEntries(fields.flatMap((field) => (record[field] === undefined ? [] : [[field, record[field]]])))
}
