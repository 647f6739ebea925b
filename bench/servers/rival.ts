/** oidc-provider as whoever deploys it would: signed cookies, grants, consents that are remembered, rotated refresh tokens, pages of its own. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Verify } from '@gatehouse/ports/password_hasher.ts'
import { exportJWK, generateKeyPair } from 'jose'
import { type AdapterFactory, type ClientMetadata, type Configuration, type KoaContextWithOIDC, Provider } from 'oidc-provider'
import { profile } from './client.ts'
import { showPage } from './rival_pages.ts'

export type RivalOptions = {
  readonly port: number
  readonly clients: readonly ClientMetadata[]
  /** Each person's stored hash by name; anyone else does not exist. */
  readonly people: ReadonlyMap<string, string>
  readonly hasher: { readonly verify: Verify }
  /** Where it keeps what it knows; absent: in memory, as it comes. */
  readonly adapter?: AdapterFactory | undefined
}

export async function startRival({ port, clients, people, hasher, adapter }: RivalOptions): Promise<{ issuer: string; server: Server }> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : port}`
  const consents: Consents = new Map()
  const provider = new Provider(issuer, {
    ...(await configuration(issuer, clients, people, consents)),
    ...(adapter === undefined ? {} : { adapter }),
  })
  const callback = provider.callback()

  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void callback(request, response)
    interact(provider, request, response, { people, consents, hasher }).catch((error: unknown) => {
      console.error(error)
      response.writeHead(500).end()
    })
  })
  return { issuer, server }
}

async function configuration(
  issuer: string,
  clients: readonly ClientMetadata[],
  people: ReadonlyMap<string, string>,
  consents: Consents,
): Promise<Configuration> {
  const keys = await Promise.all(
    ['ES256', 'RS256'].map(async (alg) => ({
      ...(await exportJWK((await generateKeyPair(alg, { extractable: true })).privateKey)),
      alg,
      use: 'sig',
      kid: alg,
    })),
  )
  return {
    clients: [...clients],
    jwks: { keys },
    cookies: { keys: ['bench-cookie-key-of-the-rival'] },
    claims: { openid: ['sub'], profile: ['given_name', 'family_name'], email: ['email', 'email_verified'], phone: ['phone_number'] },
    conformIdTokenClaims: true,
    // Gatehouse rotates refresh tokens; the same work is asked of the rival.
    rotateRefreshToken: true,
    // Without prompt=consent it drops offline_access and would give none.
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    pkce: { required: () => true },
    loadExistingGrant: (ctx) => loadGrant(ctx, consents),
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, sub) => (people.has(sub) ? { accountId: sub, claims: async () => ({ sub, ...profile(sub) }) } : undefined),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
      rpInitiatedLogout: { enabled: true },
      backchannelLogout: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: (ctx) => (ctx.oidc.params?.grant_type === 'client_credentials' ? `${issuer}/api` : []),
        getResourceServerInfo: () => ({
          scope: 'api',
          audience: `${issuer}/api`,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 300,
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
  }
}

/** Who consented to what, so that the rival too asks a person once: person and application -> grant. */
type Consents = Map<string, string>

async function loadGrant(ctx: KoaContextWithOIDC, consents: Consents): Promise<InstanceType<Provider['Grant']> | undefined> {
  const { client, session, result, provider } = ctx.oidc
  const grantId = result?.consent?.grantId ?? consents.get(`${session?.accountId} ${client?.clientId}`)
  return grantId === undefined ? undefined : provider.Grant.find(grantId)
}

type Desk = Pick<RivalOptions, 'people' | 'hasher'> & { readonly consents: Consents }

async function interact(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  { people, consents, hasher }: Desk,
): Promise<void> {
  const details = await provider.interactionDetails(request, response)
  if (request.method === 'GET') {
    showPage(request, response, details)
    return
  }
  const form = new URLSearchParams(await text(request))
  if (details.prompt.name === 'login') {
    const name = form.get('username') ?? ''
    const stored = people.get(name)
    if (stored === undefined || !(await hasher.verify(stored, form.get('password') ?? ''))) {
      showPage(request, response, details, 403)
      return
    }
    return provider.interactionFinished(request, response, { login: { accountId: name } })
  }
  const grant = new provider.Grant({ accountId: details.session?.accountId, clientId: String(details.params.client_id) })
  grant.addOIDCScope(String(details.params.scope))
  const grantId = await grant.save()
  consents.set(`${details.session?.accountId} ${details.params.client_id}`, grantId)
  return provider.interactionFinished(request, response, { consent: { grantId } }, { mergeWithLastSubmission: true })
}

async function text(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(Buffer.from(part))
  return Buffer.concat(parts).toString()
}
