/** `login`, `logout`, `key rotate`, `admin invite`, `tenant ...`: what administers a house. */
import { type ApiClient, eachOf, getAll } from '../configuration/api_client.ts'
import { BadCommand } from './bad_command.ts'
import { type Asked, exactly } from './command.ts'
import { credentialsFile, findLogin, keepLogin } from './credentials.ts'
import { login } from './login.ts'
import { openApi } from './management.ts'
import { askRunningHouse } from './running.ts'

export async function signIn({ place, environment, say }: Asked): Promise<void> {
  const issuer = await place.issuer()
  const file = credentialsFile(environment)
  // A file that cannot be kept is told before anyone signs in.
  await findLogin(file, issuer)
  const kept = await login(issuer, (address) => say(`Open this address and sign in:\n\n  ${address}\n`))
  await keepLogin(file, issuer, kept)
  say(`signed in to ${issuer}`)
}

export async function signOut({ place, environment, say }: Asked): Promise<void> {
  const issuer = await place.issuer()
  await keepLogin(credentialsFile(environment), issuer, undefined)
  say(`forgot the login to ${issuer}`)
}

export async function rotateKeys(asked: Asked): Promise<void> {
  const { client } = await openApi(asked)
  const { keys } = await client.send<{ keys: { kid: string; alg: string; active_at: number }[] }>('POST', '/keys/rotation')
  for (const { kid, alg, active_at } of keys)
    asked.say(`${alg} ${kid} is published now and signs from ${new Date(active_at * 1000).toISOString()} on`)
}

/** By the right over the account, or over the directory: nobody is signed in yet who could be asked. */
export async function inviteAdministrator({ words, place, say }: Asked): Promise<void> {
  exactly(words, 0, 'admin invite')
  const answer = place.stageName === undefined ? await askRunningHouse(place.data, { action: 'invite' }) : await inviteAtStage(place)
  if (answer !== null && typeof answer === 'object' && 'refused' in answer) throw new BadCommand(`nobody is invited: ${answer.refused}`)
  const link = answer !== null && typeof answer === 'object' && 'link' in answer ? answer.link : undefined
  if (typeof link !== 'string') throw new BadCommand(`the house answers as another version would: ${JSON.stringify(answer)}`)
  say(
    `The first administrator sets up their account here. The link is good once, for 30 minutes, and dead once there is an administrator:\n\n  ${link}\n`,
  )
}

async function inviteAtStage(place: Asked['place']): Promise<unknown> {
  const { invoke } = await import('@gatehouse/stage/invoke.ts')
  return invoke(await place.stage(), 'operate', { action: 'invite' })
}

type StoredTenant = { readonly id: string; readonly issuer: string; readonly display_name: string; readonly active: boolean }

export async function listTenants(asked: Asked): Promise<void> {
  const { client } = await openApi(asked)
  const listed = await getAll<{ id: string }>(client, '/tenants', 'tenants')
  const tenants = await eachOf(listed, async ({ id }) => [await loadTenant(client, id)])
  if (asked.flags.json) return asked.say(JSON.stringify(tenants, undefined, 2))
  const width = Math.max(...tenants.map(({ id }) => id.length))
  for (const { id, active, issuer, display_name } of tenants)
    asked.say(`${id.padEnd(width)}  ${active ? 'active   ' : 'suspended'}  ${issuer}  ${display_name}`)
}

export async function createTenant(asked: Asked): Promise<void> {
  const [id = ''] = exactly(asked.words, 1, 'tenant create ID [--name TEXT]')
  const { client } = await openApi(asked)
  // The API would replace the settings of one that is there.
  if (await client.get(pathOf(id))) throw new BadCommand(`there is a tenant ${id} already`)
  const { issuer } = await client.send<StoredTenant>('PUT', pathOf(id), { display_name: asked.flags.name ?? id })
  asked.say(`created ${id}: ${issuer}`)
}

export async function suspendTenant(asked: Asked): Promise<void> {
  await setActive(asked, false, 'suspend')
}

export async function activateTenant(asked: Asked): Promise<void> {
  await setActive(asked, true, 'activate')
}

async function setActive(asked: Asked, active: boolean, verb: string): Promise<void> {
  const [id = ''] = exactly(asked.words, 1, `tenant ${verb} ID`)
  const { client } = await openApi(asked)
  const { id: _id, issuer: _issuer, ...settings } = await loadTenant(client, id)
  const done = active ? 'active' : 'suspended'
  if (settings.active === active) return asked.say(`${id} is ${done} already`)
  await client.send('PUT', pathOf(id), { ...settings, active })
  asked.say(active ? `${id} is active` : `${id} is suspended: within 5 seconds nobody signs in there, and no token of it is good here`)
}

async function loadTenant(client: ApiClient, id: string): Promise<StoredTenant> {
  const tenant = await client.get<StoredTenant>(pathOf(id))
  if (!tenant) throw new BadCommand(`there is no tenant ${id}; "tenant list" lists them`)
  return tenant
}

function pathOf(id: string): string {
  return `/tenants/${encodeURIComponent(id)}`
}
