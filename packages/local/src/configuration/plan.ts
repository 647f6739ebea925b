/**
 * What applying a configuration would change: compares what the file says with what the house answers. Applications, roles, workflows and associations are
 * taken as a whole (what is left out takes its default); of tenants and people only the named fields count. Nothing is removed that the file does not name.
 */
import { createHash } from 'node:crypto'
import type { ApiClient } from './api_client.ts'
import type { Declared, DeclaredTenant } from './read_file.ts'

export type Step = {
  readonly verb: 'create' | 'change'
  readonly noun: string
  readonly name: string
  /** Field paths that differ; of a creation, empty. */
  readonly differs: readonly string[]
  readonly run: (client: ApiClient) => Promise<unknown>
}

/** The steps within one existing tenant, in an order in which each finds what it names. */
export async function planTenant(client: ApiClient, tenant: DeclaredTenant): Promise<Step[]> {
  const found = await Promise.all([planSettings(client, tenant), planRoles(client, tenant), planGroups(client, tenant)])
  return [
    ...found.flat(),
    ...(await planUsers(client, tenant)),
    ...(await planMembers(client, tenant)),
    ...(await planApplications(client, tenant)),
    ...(await planWorkflows(client, tenant)),
    ...(await planAssociations(client, tenant)),
  ]
}

const SETTINGS = ['display_name', 'locales', 'branding', 'policies', 'privacy_policy'] as const

async function planSettings(client: ApiClient, { raw, id }: DeclaredTenant): Promise<Step[]> {
  const named = SETTINGS.filter((field) => field in raw)
  const stored = await client.get<Declared>('/tenant')
  if (!stored || named.length === 0) return []
  const wanted = Object.fromEntries(named.map((field) => [field, merged(stored[field], raw[field])]))
  const differs = differences(stored, wanted)
  const settings = Object.fromEntries(SETTINGS.flatMap((field) => (stored[field] === undefined ? [] : [[field, stored[field]]])))
  return step('change', 'tenant', id, differs, (api) => api.send('PUT', '/tenant', { ...settings, ...wanted }))
}

async function planRoles(client: ApiClient, { full }: DeclaredTenant): Promise<Step[]> {
  if (!full.roles) return []
  const stored = byKey((await client.get<{ roles: Declared[] }>('/roles'))?.roles ?? [], 'name')
  return full.roles.flatMap((role) => {
    const before = stored.get(role.name)
    const differs = before ? differences(sorted(before, 'permissions'), sorted(role, 'permissions')) : []
    return step(before ? 'change' : 'create', 'role', role.name, differs, (api) =>
      api.send('PUT', `/roles/${encodeURIComponent(role.name)}`, role),
    )
  })
}

async function planGroups(client: ApiClient, { full }: DeclaredTenant): Promise<Step[]> {
  if (!full.groups) return []
  const stored = byKey((await client.get<{ groups: Declared[] }>('/groups'))?.groups ?? [], 'displayName')
  return full.groups
    .filter((group) => !stored.has(group.displayName))
    .map(({ displayName }) => ({
      verb: 'create' as const,
      noun: 'group',
      name: displayName,
      differs: [],
      run: (api: ApiClient) => api.send('PUT', `/groups/${encodeURIComponent(displayName)}`, { displayName }),
    }))
}

async function planMembers(client: ApiClient, { full }: DeclaredTenant): Promise<Step[]> {
  const steps = (full.groups ?? []).map(async ({ displayName, members }) => {
    if (!members) return []
    const path = `/groups/${encodeURIComponent(displayName)}`
    const stored = (await client.get<{ members: string[] }>(path))?.members ?? []
    const differs = same([...stored].sort(), [...members].sort()) ? [] : ['members']
    return step('change', 'group', displayName, differs, (api) => api.send('PUT', path, { displayName, members }))
  })
  return (await Promise.all(steps)).flat()
}

async function planUsers(client: ApiClient, { full, raw }: DeclaredTenant): Promise<Step[]> {
  const declared = (raw.users ?? []) as Declared[]
  const steps = (full.users ?? []).map(async (user, index) => {
    const summaries = await client.get<{ users: { id: string }[] }>(`/users?userName=${encodeURIComponent(user.userName)}`)
    const id = summaries?.users[0]?.id
    if (id === undefined)
      return [
        {
          verb: 'create' as const,
          noun: 'person',
          name: user.userName,
          differs: [],
          run: (api: ApiClient) => api.send('POST', '/users', user),
        },
      ]
    const stored = await client.get<Declared>(`/users/${id}`)
    // A password is set when the person is created; afterwards it is theirs.
    const named = Object.keys(declared[index] ?? {}).filter((field) => field !== 'userName' && field !== 'password')
    const wanted = Object.fromEntries(named.map((field) => [field, user[field as keyof typeof user]]))
    return step('change', 'person', user.userName, differences(stored ?? {}, wanted), (api) => api.send('PATCH', `/users/${id}`, wanted))
  })
  return (await Promise.all(steps)).flat()
}

async function planApplications(client: ApiClient, { full }: DeclaredTenant): Promise<Step[]> {
  const steps = (full.applications ?? []).map(async (application) => {
    const path = `/applications/${encodeURIComponent(application.client_id)}`
    const stored = await client.get<Declared & { secrets: { id: string }[] }>(path)
    const { client_secret, ...metadata } = application
    const differs = stored ? differences(stored, metadata) : []
    if (stored && client_secret !== undefined && !stored.secrets.some((secret) => secret.id === secretId(client_secret)))
      differs.push('client_secret')
    return step(stored ? 'change' : 'create', 'application', application.client_id, differs, (api) => api.send('PUT', path, application))
  })
  return (await Promise.all(steps)).flat()
}

async function planWorkflows(client: ApiClient, { full }: DeclaredTenant): Promise<Step[]> {
  if (!full.workflows) return []
  const stored = byKey((await client.get<{ workflows: Declared[] }>('/workflows'))?.workflows ?? [], 'name')
  return full.workflows.flatMap((workflow) => {
    const before = stored.get(workflow.name)
    const differs = before ? differences(before, workflow) : []
    return step(before ? 'change' : 'create', 'workflow', workflow.name, differs, (api) =>
      api.send('PUT', `/workflows/${encodeURIComponent(workflow.name)}`, workflow),
    )
  })
}

async function planAssociations(client: ApiClient, { full }: DeclaredTenant): Promise<Step[]> {
  if (!full.associations) return []
  const stored = (await client.get<{ associations: Declared[] }>('/associations'))?.associations ?? []
  return full.associations.flatMap((association) => {
    const before = stored.find((other) => other.operation === association.operation && other.workflow === association.workflow)
    const differs = before ? differences(before, association) : []
    return step(before ? 'change' : 'create', 'association', `${association.operation} -> ${association.workflow}`, differs, (api) =>
      api.send('PUT', '/associations', association),
    )
  })
}

/** A change without a difference is no step: applying twice changes nothing. */
function step(verb: Step['verb'], noun: string, name: string, differs: readonly string[], run: Step['run']): Step[] {
  return verb === 'change' && differs.length === 0 ? [] : [{ verb, noun, name, differs, run }]
}

/** Paths at which what is wanted is not what is stored. Fields that are not wanted do not count. */
export function differences(stored: Declared, wanted: Declared, path = ''): string[] {
  return Object.entries(wanted).flatMap(([field, value]) => {
    const there = stored[field]
    const place = path === '' ? field : `${path}.${field}`
    if (value === undefined || same(there, value)) return []
    if (isRecord(value) && isRecord(there)) return differences(there, value, place)
    if (Array.isArray(value) && Array.isArray(there) && value.length === there.length) {
      const inner = value.flatMap((one, index) =>
        isRecord(one) && isRecord(there[index])
          ? differences(there[index], one, `${place}.${index}`)
          : same(there[index], one)
            ? []
            : [`${place}.${index}`],
      )
      return inner
    }
    return [place]
  })
}

/** Named parts of a setting replace those parts only. */
function merged(stored: unknown, wanted: unknown): unknown {
  if (!isRecord(stored) || !isRecord(wanted)) return wanted
  return { ...stored, ...Object.fromEntries(Object.entries(wanted).map(([field, value]) => [field, merged(stored[field], value)])) }
}

function isRecord(value: unknown): value is Declared {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function sorted(record: Declared, field: string): Declared {
  const list = record[field]
  return Array.isArray(list) ? { ...record, [field]: [...list].sort() } : record
}

function byKey(all: readonly Declared[], key: string): Map<string, Declared> {
  return new Map(all.map((one) => [String(one[key]), one]))
}

/** As the house derives the id of a secret: the plan can tell whether it has this one without being told any. */
function secretId(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url').slice(0, 12)
}
