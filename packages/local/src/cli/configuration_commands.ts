/** `apply`, `export`, `check`, `schema`: configuration as files. */
import { writeFile } from 'node:fs/promises'
import { applyConfiguration } from '../configuration/apply.ts'
import { exportTenant } from '../configuration/export.ts'
import { readConfigurationFile } from '../configuration/read_file.ts'
import { configurationJsonSchema } from '../configuration/schema.ts'
import { BadCommand } from './bad_command.ts'
import { type Asked, exactly } from './command.ts'
import { openApi, tenantOf } from './management.ts'

export async function apply(asked: Asked): Promise<void> {
  const { words, flags, say } = asked
  const [file = ''] = exactly(words, 1, 'apply FILE')
  const configuration = await readConfigurationFile(file)
  const { client, token } = await openApi(asked)
  const dryRun = flags['dry-run'] === true
  const tenant = await tenantOf(client)
  const { steps, secrets } = await applyConfiguration(configuration, { fetch, issuer: client.issuer, token, tenant, say, dryRun })
  if (steps === 0) say('nothing to change')
  else say(dryRun ? `${steps} to change; nothing was changed` : `${steps} changed`)
  for (const [application, secret] of Object.entries(secrets)) say(`secret of ${application}, shown this once: ${secret}`)
}

export async function exportConfiguration(asked: Asked): Promise<void> {
  const { client } = await openApi(asked)
  const text = await exportTenant(client, await tenantOf(client), asked.flags.json ? 'json' : 'yaml')
  const [file] = asked.words
  if (file === undefined) return asked.say(text.trimEnd())
  await writeFile(file, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? new BadCommand(`${file} exists; export to another file, or remove it first`) : error
  })
  asked.say(`wrote ${file}`)
}

export async function check({ words, say }: Asked): Promise<void> {
  const [file = ''] = exactly(words, 1, 'check FILE')
  const { tenants } = await readConfigurationFile(file)
  say(`well formed: ${tenants.map((tenant) => tenant.id).join(', ')}`)
}

export async function schema({ say }: Asked): Promise<void> {
  say(JSON.stringify(configurationJsonSchema(), undefined, 2))
}
