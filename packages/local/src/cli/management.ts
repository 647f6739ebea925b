/** The way from the command line to the management API: the token that is at hand, and the tenant that it is for. */
import { type ApiClient, apiClient } from '../configuration/api_client.ts'
import { BadCommand } from './bad_command.ts'
import type { Asked } from './command.ts'
import { credentialsFile, findLogin, keepLogin } from './credentials.ts'
import { clientCredentials, refresh } from './login.ts'
import type { Environment } from './place.ts'

export const TOKEN_HELP = `The token for the management API is, in this order: GATEHOUSE_TOKEN; one for the application GATEHOUSE_CLIENT_ID with
GATEHOUSE_CLIENT_SECRET; the login that "gatehouse login" keeps.`

export async function openApi({ place, environment }: Pick<Asked, 'place' | 'environment'>): Promise<{ client: ApiClient; token: string }> {
  const issuer = await place.issuer()
  const token = await findToken(issuer, environment)
  return { client: apiClient(fetch, issuer, token), token }
}

export async function tenantOf(client: ApiClient): Promise<string> {
  const tenant = await client.get<{ id: string }>('/tenant')
  if (!tenant) throw new BadCommand(`${client.issuer} is not the issuer of a tenant`)
  return tenant.id
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
