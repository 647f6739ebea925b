/** Writes what a tenant is as a configuration file. Secrets and passwords are hashes in the house, so they are not in it. */
import { isBuiltInRole } from '@gatehouse/core/permissions.ts'
import { isBuiltInApplication } from '@gatehouse/http/admin/built_in_applications.ts'
import { stringify } from 'yaml'
import { type ApiClient, eachOf, getAll } from './api_client.ts'

/** The house's own: an import makes its own. */
const NOT_EXPORTED = new Set(['secrets', 'createdAt', 'updatedAt', 'version', 'id'])

type Json = Readonly<Record<string, unknown>>

export async function exportTenant(client: ApiClient, id: string, format: 'yaml' | 'json'): Promise<string> {
  const tenant = (await client.get<Json>('/tenant')) ?? {}
  const roles = (await client.get<{ roles: Json[] }>('/roles'))?.roles ?? []
  const groups = (await client.get<{ groups: Json[] }>('/groups'))?.groups ?? []
  const applications = await getAll<{ client_id: string }>(client, '/applications', 'applications')
  const users = await getAll<{ id: string }>(client, '/users', 'users')
  const described = {
    ...pick(tenant, ['display_name', 'locales', 'branding', 'policies', 'privacy_policy']),
    roles: roles.filter((role) => !isBuiltInRole(String(role.name))).map(own),
    groups: groups.map(own),
    users: await details(
      client,
      users.map((user) => `/users/${user.id}`),
    ),
    applications: await details(
      client,
      applications.filter((one) => !isBuiltInApplication(one.client_id)).map((one) => `/applications/${encodeURIComponent(one.client_id)}`),
    ),
    workflows: ((await client.get<{ workflows: Json[] }>('/workflows'))?.workflows ?? []).map(own),
    associations: (await client.get<{ associations: Json[] }>('/associations'))?.associations ?? [],
  }
  const file = { tenants: [{ id, ...described }] }
  return format === 'json' ? `${JSON.stringify(file, undefined, 2)}\n` : stringify(file, { lineWidth: 0 })
}

function details(client: ApiClient, paths: readonly string[]): Promise<Json[]> {
  return eachOf(paths, async (path) => {
    const one = await client.get<Json>(path)
    // Removed since it was listed.
    return one ? [own(one)] : []
  })
}

function own(record: Json): Json {
  return Object.fromEntries(Object.entries(record).filter(([field]) => !NOT_EXPORTED.has(field)))
}

function pick(record: Json, fields: readonly string[]): Json {
  return Object.fromEntries(fields.flatMap((field) => (record[field] === undefined ? [] : [[field, record[field]]])))
}
