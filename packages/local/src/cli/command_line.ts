/** The command line `gatehouse`: configuration as files, keys, signing in. It speaks to a house through the management API only. */
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type ApiClient, apiClient } from '../configuration/api_client.ts'
import { applyConfiguration } from '../configuration/apply.ts'
import { exportTenant } from '../configuration/export.ts'
import { readConfigurationFile } from '../configuration/read_file.ts'
import { configurationJsonSchema } from '../configuration/schema.ts'
import { isLoopback } from '../flags.ts'
import { asBadCommand, BadCommand } from './bad_command.ts'
import { credentialsFile, findLogin, keepLogin } from './credentials.ts'
import { clientCredentials, login, refresh } from './login.ts'

type Environment = Readonly<Record<string, string | undefined>>
type Asked = {
  readonly words: readonly string[]
  readonly issuer: string
  readonly flags: Flags
  readonly environment: Environment
  readonly say: (line: string) => void
}
type Command = { readonly usage: string; readonly does: string; readonly run: (asked: Asked) => Promise<void> }

const COMMANDS: Readonly<Record<string, Command>> = {
  apply: { usage: 'apply FILE [--dry-run]', does: 'make a house as the file says; prints what changes', run: apply },
  export: { usage: 'export [FILE] [--json]', does: 'write what the tenant is as a configuration file', run: exportConfiguration },
  check: { usage: 'check FILE', does: 'say whether a configuration file is well formed, without a house', run: check },
  schema: { usage: 'schema', does: 'print the JSON Schema of configuration files', run: schema },
  'rotate-keys': { usage: 'rotate-keys', does: 'begin the rotation of the signing keys', run: rotateKeys },
  login: { usage: 'login', does: 'sign in as an administrator', run: signIn },
  logout: { usage: 'logout', does: 'forget the login', run: signOut },
}

export const COMMAND_HELP = `Usage: npm run gatehouse -- COMMAND [--issuer URL]

${Object.values(COMMANDS)
  .map(({ usage, does }) => `  ${usage.padEnd(26)}${does}`)
  .join('\n')}

  --issuer URL              the tenant to speak to (default http://localhost:9443/t/main, or GATEHOUSE_ISSUER)

The token is, in this order: GATEHOUSE_TOKEN; one for the application GATEHOUSE_CLIENT_ID with GATEHOUSE_CLIENT_SECRET;
the login that "gatehouse login" keeps.
`

type Flags = { readonly 'dry-run': boolean; readonly json: boolean }

export async function runCommand(words: readonly string[], environment: Environment, say: (line: string) => void): Promise<void> {
  const { values, positionals } = parsed(words)
  const [name, ...rest] = positionals
  if (values.help || name === undefined) return say(COMMAND_HELP)
  const command = COMMANDS[name]
  if (!command) throw new BadCommand(`there is no command "${name}"; npm run gatehouse -- --help lists them`)
  const issuer = (values.issuer ?? environment.GATEHOUSE_ISSUER ?? 'http://localhost:9443/t/main').replace(/\/$/, '')
  if (!URL.canParse(issuer)) throw new BadCommand(`--issuer is an address such as http://localhost:9443/t/main, not "${issuer}"`)
  const { protocol, hostname } = new URL(issuer)
  if (protocol !== 'https:' && !isLoopback(hostname)) throw new BadCommand(`a token is sent over https only, and not to ${issuer}`)
  const flags = { 'dry-run': values['dry-run'] === true, json: values.json === true }
  try {
    await command.run({ words: rest, issuer, flags, environment, say })
  } catch (error) {
    throw asBadCommand(error, issuer)
  }
}

async function apply({ words, issuer, flags, environment, say }: Asked): Promise<void> {
  const configuration = await readConfigurationFile(oneFile(words, 'apply FILE'))
  const token = await findToken(issuer, environment)
  const tenant = await tenantOf(apiClient(fetch, issuer, token))
  const { steps, secrets } = await applyConfiguration(configuration, { fetch, issuer, token, tenant, say, dryRun: flags['dry-run'] })
  if (steps === 0) say('nothing to change')
  else say(flags['dry-run'] ? `${steps} to change; nothing was changed` : `${steps} changed`)
  for (const [application, secret] of Object.entries(secrets)) say(`secret of ${application}, shown this once: ${secret}`)
}

async function exportConfiguration({ words, issuer, flags, environment, say }: Asked): Promise<void> {
  const client = apiClient(fetch, issuer, await findToken(issuer, environment))
  const text = await exportTenant(client, await tenantOf(client), flags.json ? 'json' : 'yaml')
  const [file] = words
  if (file === undefined) return say(text.trimEnd())
  await writeFile(file, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? new BadCommand(`${file} exists; export to another file, or remove it first`) : error
  })
  say(`wrote ${file}`)
}

async function check({ words, say }: Asked): Promise<void> {
  const { tenants } = await readConfigurationFile(oneFile(words, 'check FILE'))
  say(`well formed: ${tenants.map((tenant) => tenant.id).join(', ')}`)
}

async function schema({ say }: Asked): Promise<void> {
  say(JSON.stringify(configurationJsonSchema(), undefined, 2))
}

async function rotateKeys({ issuer, environment, say }: Asked): Promise<void> {
  const client = apiClient(fetch, issuer, await findToken(issuer, environment))
  const { keys } = await client.send<{ keys: { kid: string; alg: string; active_at: number }[] }>('POST', '/keys/rotation')
  for (const { kid, alg, active_at } of keys)
    say(`${alg} ${kid} is published now and signs from ${new Date(active_at * 1000).toISOString()} on`)
}

async function signIn({ issuer, environment, say }: Asked): Promise<void> {
  const file = credentialsFile(environment)
  // A file that cannot be kept is told before anyone signs in.
  await findLogin(file, issuer)
  const kept = await login(issuer, (address) => say(`Open this address and sign in:\n\n  ${address}\n`))
  await keepLogin(file, issuer, kept)
  say(`signed in to ${issuer}`)
}

async function signOut({ issuer, environment, say }: Asked): Promise<void> {
  await keepLogin(credentialsFile(environment), issuer, undefined)
  say(`forgot the login to ${issuer}`)
}

async function findToken(issuer: string, environment: Environment): Promise<string> {
  if (environment.GATEHOUSE_TOKEN) return environment.GATEHOUSE_TOKEN
  const { GATEHOUSE_CLIENT_ID: id, GATEHOUSE_CLIENT_SECRET: secret } = environment
  if (id && secret) return clientCredentials(issuer, id, secret)
  const file = credentialsFile(environment)
  const kept = await findLogin(file, issuer)
  if (kept && kept.expiresAt > Date.now() + 10_000) return kept.accessToken
  const fresh = kept?.refreshToken === undefined ? undefined : await refresh(issuer, kept.refreshToken)
  if (!fresh) throw new BadCommand(`not signed in to ${issuer}: npm run gatehouse -- login --issuer ${issuer}`)
  await keepLogin(file, issuer, fresh)
  return fresh.accessToken
}

async function tenantOf(client: ApiClient): Promise<string> {
  const tenant = await client.get<{ id: string }>('/tenant')
  if (!tenant) throw new BadCommand(`${client.issuer} is not the issuer of a tenant`)
  return tenant.id
}

function oneFile(words: readonly string[], usage: string): string {
  const [file] = words
  if (file === undefined || words.length > 1) throw new BadCommand(`usage: npm run gatehouse -- ${usage}`)
  return file
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        issuer: { type: 'string' },
        'dry-run': { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new BadCommand(`${error instanceof Error ? error.message : String(error)}; npm run gatehouse -- --help lists the flags`)
  }
}
