/** Signs an administrator in for the command line: authorization code with PKCE, answered on a loopback port (RFC 8252 section 7.3). */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PERMISSIONS } from '@gatehouse/core/permissions.ts'
import { COMMAND_LINE_CLIENT_ID } from '@gatehouse/http/admin/built_in_applications.ts'
import * as client from 'openid-client'
import { isLoopback } from '../flags.ts'
import { BadCommand } from './bad_command.ts'
import type { Login } from './credentials.ts'

const PATIENCE_MILLISECONDS = 300_000

/** `show` is told the address to open. Rejects after five minutes without an answer. */
export async function login(issuer: string, show: (address: string) => void): Promise<Login> {
  const configuration = await discover(issuer)
  const codeVerifier = client.randomPKCECodeVerifier()
  const state = client.randomState()
  const answer = await listen(state)
  const address = client.buildAuthorizationUrl(configuration, {
    redirect_uri: answer.redirectUri,
    scope: ['openid', 'offline_access', ...Object.keys(PERMISSIONS)].join(' '),
    code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    state,
  })
  show(address.href)
  const tokens = await client.authorizationCodeGrant(configuration, await answer.url, {
    pkceCodeVerifier: codeVerifier,
    expectedState: state,
  })
  return toLogin(tokens)
}

/** A fresh access token for a kept login; undefined when the refresh token is no longer good. */
export async function refresh(issuer: string, refreshToken: string): Promise<Login | undefined> {
  const configuration = await discover(issuer)
  try {
    return toLogin(await client.refreshTokenGrant(configuration, refreshToken), refreshToken)
  } catch (error) {
    if (error instanceof client.ResponseBodyError && error.error === 'invalid_grant') return undefined
    throw error
  }
}

/** A token of an application of its own, for pipelines without a person. */
export async function clientCredentials(issuer: string, clientId: string, clientSecret: string): Promise<string> {
  const configuration = await discover(issuer, clientId, clientSecret)
  return (await client.clientCredentialsGrant(configuration)).access_token
}

async function discover(issuer: string, clientId: string = COMMAND_LINE_CLIENT_ID, clientSecret?: string): Promise<client.Configuration> {
  const url = new URL(issuer)
  const authentication = clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret)
  return client.discovery(
    url,
    clientId,
    undefined,
    authentication,
    isLoopback(url.hostname) ? { execute: [client.allowInsecureRequests] } : {},
  )
}

function toLogin(tokens: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers, before?: string): Login {
  return {
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token ?? before,
    expiresAt: Date.now() + (tokens.expiresIn() ?? 60) * 1000,
  }
}

/** Only the answer to this very request counts: whatever else finds the port is sent away. */
async function listen(state: string): Promise<{ redirectUri: string; url: Promise<URL> }> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`
  const url = new Promise<URL>((resolve, reject) => {
    const patience = setTimeout(() => reject(new BadCommand('nobody signed in within five minutes')), PATIENCE_MILLISECONDS)
    server.on('request', (request, response) => {
      response.setHeader('connection', 'close')
      const asked = new URL(request.url ?? '/', redirectUri)
      if (asked.pathname !== '/callback' || asked.searchParams.get('state') !== state) return void response.writeHead(404).end()
      const said = asked.searchParams.has('code') ? 'You are signed in' : 'You are not signed in'
      response
        .writeHead(200, { 'content-type': 'text/plain; charset=utf-8' })
        .end(`${said}. You can close this window and go back to the terminal.\n`)
      clearTimeout(patience)
      resolve(asked)
    })
  }).finally(() => server.close())
  return { redirectUri, url }
}
