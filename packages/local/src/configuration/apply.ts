/** Applies a configuration to a house through its management API, tenant by tenant; says what it does before it does it. */
import { type ApiClient, ApiRefusal, apiClient, type Fetch } from './api_client.ts'
import { planTenant, type Step } from './plan.ts'
import type { Configuration, DeclaredTenant } from './read_file.ts'

export type ApplyOptions = {
  readonly fetch: Fetch
  /** The issuer of the default tenant, and a token for its management API. */
  readonly issuer: string
  readonly token: string
  /** The tenant of that issuer. */
  readonly tenant: string
  readonly say: (line: string) => void
  readonly dryRun?: boolean
}

/** Secrets that were generated, by application: shown once, kept nowhere. */
export type Applied = { readonly steps: number; readonly secrets: Readonly<Record<string, string>> }

export async function applyConfiguration(configuration: Configuration, options: ApplyOptions): Promise<Applied> {
  const home = apiClient(options.fetch, options.issuer, options.token)
  const secrets: Record<string, string> = {}
  let steps = 0
  for (const tenant of configuration.tenants) {
    const opened = tenant.id === options.tenant ? { client: home, created: false } : await openTenant(home, tenant, options)
    if (opened.created) steps += 1
    if (!opened.client) continue
    const plan = await planTenant(opened.client, tenant)
    steps += plan.length
    for (const one of plan) {
      options.say(lineOf(tenant.id, one))
      if (options.dryRun) continue
      const answer = await run(one, opened.client, tenant.id)
      const secret = generatedSecret(answer)
      if (secret !== undefined) secrets[`${tenant.id}/${one.name}`] = secret
    }
  }
  return { steps, secrets }
}

/** A refusal names what it is about as the file does, and not the request that it came to. */
async function run({ noun, name, run }: Step, client: ApiClient, tenant: string): Promise<unknown> {
  try {
    return await run(client)
  } catch (cause) {
    if (!(cause instanceof ApiRefusal)) throw cause
    throw new ApiRefusal(cause.status, `${tenant}: ${noun} ${name} was refused`, cause.detail, { cause })
  }
}

/** Another tenant: created where it is missing, then acted in with a short token of its own. A dry run stops at a tenant that is not there yet. */
async function openTenant(
  home: ApiClient,
  tenant: DeclaredTenant,
  options: ApplyOptions,
): Promise<{ client: ApiClient | undefined; created: boolean }> {
  const path = `/tenants/${tenant.id}`
  const missing = (await home.get(path)) === undefined
  if (missing) {
    options.say(`+ tenant ${tenant.id}`)
    if (options.dryRun) return { client: undefined, created: true }
    const { display_name = tenant.id, locales, branding, privacy_policy } = tenant.full
    // The hook of an old system is set by the tenant's own administration, with the rest of the plan.
    const { migration: _, ...policies } = tenant.full.policies ?? {}
    await home.send('PUT', path, { display_name, locales, branding, policies, privacy_policy })
  }
  const { access_token, issuer } = await home.send<{ access_token: string; issuer: string }>('POST', `${path}/administration-token`)
  return { client: apiClient(options.fetch, issuer, access_token), created: missing }
}

function lineOf(tenant: string, { verb, noun, name, differs }: Step): string {
  return `${verb === 'create' ? '+' : '~'} ${tenant}: ${noun} ${name}${differs.length > 0 ? ` (${differs.join(', ')})` : ''}`
}

function generatedSecret(answer: unknown): string | undefined {
  if (answer === null || typeof answer !== 'object' || !('client_secret' in answer)) return undefined
  return typeof answer.client_secret === 'string' ? answer.client_secret : undefined
}
