/**
 * What applying a configuration would change: compares what the file says with what the house answers. Applications, roles, workflows and associations are
 * taken as a whole (what is left out takes its default); of tenants and people only the named fields count. Nothing is removed that the file does not name.
 */
import { createHash } from 'node:crypto'
import { foldName } from '@gatehouse/store/keys.ts'
import { type ApiClient, eachOf } from './api_client.ts'
import { type Declared, differences, merged, withSortedSets } from './differences.ts'
import type { DeclaredTenant, FullTenant } from './read_file.ts'

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
  const steps: Step[] = []
  for (const plan of PLANS) steps.push(...(await plan(client, tenant)))
  return steps
}

const PLANS = [planSettings, planRoles, planGroups, planUsers, planMembers, planApplications, planWorkflows, planAssociations] as const

const SETTINGS = ['display_name', 'locales', 'branding', 'policies', 'privacy_policy'] as const

async function planSettings(client: ApiClient, { raw, full, id }: DeclaredTenant): Promise<Step[]> {
  const named = SETTINGS.filter((field) => field in raw)
  const stored = await client.get<Declared>('/tenant')
  if (!stored || named.length === 0) return []
  const settings = Object.fromEntries(SETTINGS.map((field) => [field, stored[field]]))
  const known = full.policies && { ...full, policies: withoutKnownSecret(full.policies, stored.policies as StoredPolicies) }
  const wanted = Object.fromEntries(named.map((field) => [field, merged(stored[field], (known ?? full)[field])]))
  return change('tenant', id, differences(stored, wanted, 'named'), (api) => api.send('PUT', '/tenant', { ...settings, ...wanted }))
}

type StoredPolicies = { readonly migration?: { readonly secretId?: string } } | undefined

/** The secret of the hook is answered by its id only: the one that the house has is no change. */
function withoutKnownSecret(policies: NonNullable<FullTenant['policies']>, stored: StoredPolicies): Declared {
  const { migration, ...rest } = policies
  if (migration?.secret === undefined || secretId(migration.secret) !== stored?.migration?.secretId) return policies
  const { secret: _, ...kept } = migration
  return { ...rest, migration: kept }
}

async function planRoles(client: ApiClient, { full }: DeclaredTenant): Promise<Step[]> {
  const path = (name: string) => `/roles/${encodeURIComponent(name)}`
  const stored = full.roles ? await listByKey(client, '/roles', 'roles', 'name') : new Map<string, Declared>()
  return (full.roles ?? []).flatMap((role) => {
    const before = stored.get(role.name)
    const run = (api: ApiClient) => api.send('PUT', path(role.name), role)
    if (!before) return create('role', role.name, run)
    return change('role', role.name, differences(withSortedSets(before), withSortedSets(role), 'named'), run)
  })
}

async function planGroups(client: ApiClient, { full }: DeclaredTenant): Promise<Step[]> {
  const stored = full.groups ? await listByKey(client, '/groups', 'groups', 'displayName') : new Map<string, Declared>()
  return (full.groups ?? [])
    .filter(({ displayName }) => !stored.has(displayName))
    .flatMap(({ displayName }) => create('group', displayName, (api) => api.send('PUT', groupPath(displayName), { displayName })))
}

async function planMembers(client: ApiClient, { full }: DeclaredTenant): Promise<Step[]> {
  return eachOf(full.groups ?? [], async ({ displayName, members }) => {
    if (!members) return []
    const stored = await client.get<{ members: string[] }>(groupPath(displayName))
    const [are, shallBe] = [stored?.members ?? [], members].map((names) => [...new Set(names.map(foldName))].sort().join('\n'))
    return change('group', displayName, are === shallBe ? [] : ['members'], (api) =>
      api.send('PUT', groupPath(displayName), { displayName, members }),
    )
  })
}

async function planUsers(client: ApiClient, { full, raw }: DeclaredTenant): Promise<Step[]> {
  const declared = (raw.users ?? []) as Declared[]
  return eachOf(full.users ?? [], async (user, index) => {
    const found = await client.get<{ users: { id: string }[] }>(`/users?userName=${encodeURIComponent(user.userName)}`)
    const id = found?.users[0]?.id
    const stored = id === undefined ? undefined : await client.get<Declared>(`/users/${id}`)
    if (!stored) return create('person', user.userName, (api) => api.send('POST', '/users', user))
    // A password is set, or an invitation sent, when the person is created; afterwards it is theirs.
    const { userName: _name, password: _password, passwordHash: _hash, gatehouse_invite: _invite, ...fields } = user
    const named = Object.entries(fields).filter(([field]) => field in (declared[index] ?? {}))
    const wanted = Object.fromEntries(named.map(([field, value]) => [field, merged(stored[field], value)]))
    return change('person', user.userName, differences(withSortedSets(stored), withSortedSets(wanted), 'named'), (api) =>
      api.send('PATCH', `/users/${id}`, wanted),
    )
  })
}

async function planApplications(client: ApiClient, { full }: DeclaredTenant): Promise<Step[]> {
  return eachOf(full.applications ?? [], async (application) => {
    const path = `/applications/${encodeURIComponent(application.client_id)}`
    const stored = await client.get<Declared & { secrets: { id: string }[] }>(path)
    const run = (api: ApiClient) => api.send('PUT', path, application)
    if (!stored) return create('application', application.client_id, run)
    const { client_secret, ...metadata } = application
    const { secrets, createdAt: _made, version: _version, ...described } = stored
    const isNewSecret = client_secret !== undefined && !secrets.some((secret) => secret.id === secretId(client_secret))
    const differs = [...differences(described, metadata, 'whole'), ...(isNewSecret ? ['client_secret'] : [])]
    return change('application', application.client_id, differs, run)
  })
}

async function planWorkflows(client: ApiClient, { full }: DeclaredTenant): Promise<Step[]> {
  const stored = full.workflows ? await listByKey(client, '/workflows', 'workflows', 'name') : new Map<string, Declared>()
  return (full.workflows ?? []).flatMap((workflow) => {
    const before = stored.get(workflow.name)
    const run = (api: ApiClient) => api.send('PUT', `/workflows/${encodeURIComponent(workflow.name)}`, workflow)
    if (!before) return create('workflow', workflow.name, run)
    const { version: _version, ...described } = before
    return change('workflow', workflow.name, differences(described, workflow, 'whole'), run)
  })
}

async function planAssociations(client: ApiClient, { full }: DeclaredTenant): Promise<Step[]> {
  if (!full.associations) return []
  const stored = (await client.get<{ associations: Declared[] }>('/associations'))?.associations ?? []
  return full.associations.flatMap((association) => {
    const before = stored.find((other) => other.operation === association.operation && other.workflow === association.workflow)
    const name = `${association.operation} -> ${association.workflow}`
    const run = (api: ApiClient) => api.send('PUT', '/associations', association)
    return before ? change('association', name, differences(before, association, 'whole'), run) : create('association', name, run)
  })
}

function create(noun: string, name: string, run: Step['run']): Step[] {
  return [{ verb: 'create', noun, name, differs: [], run }]
}

/** A change without a difference is no step: applying twice changes nothing. */
function change(noun: string, name: string, differs: readonly string[], run: Step['run']): Step[] {
  return differs.length === 0 ? [] : [{ verb: 'change', noun, name, differs, run }]
}

async function listByKey(client: ApiClient, path: string, field: string, key: string): Promise<Map<string, Declared>> {
  const listed = await client.get<Record<string, Declared[]>>(path)
  return new Map((listed?.[field] ?? []).map((one) => [String(one[key]), one]))
}

function groupPath(displayName: string): string {
  return `/groups/${encodeURIComponent(displayName)}`
}

/** As the house derives the id of a secret: the plan can tell whether it has this one without being told any. */
function secretId(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url').slice(0, 12)
}
