/** `/api/v1/applications`: applications and their secrets. */
import { isConfidential } from '@gatehouse/core/application.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { ApplicationWithSecrets } from '@gatehouse/store/application.ts'
import { hashOfSecret } from '@gatehouse/store/keys.ts'
import { z } from '@hono/zod-openapi'
import type { HouseContext } from '../../house.ts'
import { requireGrantableApplication } from '../access.ts'
import { isBuiltInApplication } from '../built_in_applications.ts'
import { checkScriptChange } from '../check_script.ts'
import { type AdminApp, describe, json, pageQuery, readBack } from '../route.ts'
import {
  type ApplicationInput,
  applicationSchema,
  type StoredApplication,
  secretSchema,
  storedApplicationSchema,
  toApplication,
} from '../schema/application.ts'
import { sameName } from './same_name.ts'

const tag = 'Applications'
const params = z.object({ client_id: z.string().max(128) })

export function applicationRoutes(app: AdminApp): void {
  app.openapi(
    describe('applications:read', {
      method: 'get',
      path: '/api/v1/applications',
      summary: 'List applications',
      tag,
      request: { query: pageQuery },
      responses: {
        200: json(
          z.object({
            applications: z.array(z.object({ client_id: z.string(), client_name: z.string(), active: z.boolean() })),
            cursor: z.string().optional(),
          }),
          'A page of applications, by client_id',
        ),
      },
    }),
    async (c) => {
      const { limit, cursor } = c.req.valid('query')
      return c.json(await c.env.here.stores.applications.list(limit, cursor), 200)
    },
  )

  app.openapi(
    describe('applications:read', {
      method: 'get',
      path: '/api/v1/applications/{client_id}',
      summary: 'Read an application',
      tag,
      request: { params },
      responses: { 200: json(storedApplicationSchema, 'The application; no secret') },
    }),
    async (c) => c.json(shown(await loadApplication(c, c.req.valid('param').client_id)), 200),
  )

  app.openapi(
    describe('applications:write', {
      method: 'put',
      path: '/api/v1/applications/{client_id}',
      summary: 'Create or replace an application',
      tag,
      request: {
        params,
        body: readBack(applicationSchema, ['secrets', 'createdAt', 'version'], 'All of its metadata: what is left out takes its default'),
      },
      responses: {
        200: json(storedApplicationSchema, 'Replaced; a new `client_secret` stands beside the old ones until those are removed'),
        201: json(storedApplicationSchema, 'Created'),
      },
    }),
    async (c) => {
      const { here } = c.env
      const input = sameName(c.req.valid('param').client_id, c.req.valid('json'), 'client_id')
      const { client_id } = input
      const before = await findChangeable(c, client_id)
      await requireGrantableApplication(c, input)
      await checkScriptChange(c, scriptOf(before), scriptOf(input), () => '/gatehouse_adaptive_script', ['tenant:write', 'users:write'])
      await checkRoles(c, input)
      await checkDomain(c, input)
      const secret = secretFor(c, input, before)
      if (before) await replaceApplication(c, before, input, secret.value)
      else {
        const createdAt = new Date(here.clock.now()).toISOString()
        await here.stores.applications.create(toApplication(input, { createdAt, version: 1 }), secret.value, here.actor)
      }
      here.configuration.forgetApplication(client_id)
      const stored = {
        ...shown(await loadApplication(c, client_id)),
        ...(secret.generated && secret.value !== undefined ? { client_secret: secret.value } : {}),
      }
      return before ? c.json(stored, 200) : c.json(stored, 201)
    },
  )

  app.openapi(
    describe('applications:write', {
      method: 'delete',
      path: '/api/v1/applications/{client_id}',
      summary: 'Remove an application',
      tag,
      request: { params },
      responses: { 204: { description: 'Removed; its tokens are refused within 5 seconds' } },
    }),
    async (c) => {
      const { client_id } = await loadChangeable(c, c.req.valid('param').client_id)
      await c.env.here.stores.applications.remove(client_id, c.env.here.actor)
      c.env.here.configuration.forgetApplication(client_id)
      return c.body(null, 204)
    },
  )

  app.openapi(
    describe('applications:write', {
      method: 'post',
      path: '/api/v1/applications/{client_id}/secrets',
      summary: 'Add a secret, so that the old one can be removed when nobody uses it any more',
      tag,
      request: { params },
      responses: { 201: json(z.object({ client_secret: z.string() }), 'The new secret, shown this once') },
    }),
    async (c) => {
      const { here } = c.env
      const application = await loadChangeable(c, c.req.valid('param').client_id)
      if (!isConfidential(application))
        throw new IamError('conflict', 'a public application (token_endpoint_auth_method none) has no secret')
      checkRoomForSecret(application)
      const client_secret = here.random.token(32)
      await here.stores.applications.addSecret(application.client_id, client_secret, here.actor)
      here.configuration.forgetApplication(application.client_id)
      return c.json({ client_secret }, 201)
    },
  )

  app.openapi(
    describe('applications:write', {
      method: 'delete',
      path: '/api/v1/applications/{client_id}/secrets/{id}',
      summary: 'Remove a secret',
      tag,
      request: { params: params.extend({ id: secretSchema.shape.id }) },
      responses: { 204: { description: 'Removed; refused everywhere within 5 seconds' } },
    }),
    async (c) => {
      const { client_id, id } = c.req.valid('param')
      const application = await loadChangeable(c, client_id)
      if (!application.secrets.some((secret) => secret.id === id))
        throw new IamError('not_found', 'the application has no secret with this id')
      await c.env.here.stores.applications.removeSecret(client_id, id, c.env.here.actor)
      c.env.here.configuration.forgetApplication(client_id)
      return c.body(null, 204)
    },
  )
}

const MAXIMUM_SECRETS = 5

async function loadApplication(c: HouseContext, clientId: string): Promise<ApplicationWithSecrets> {
  const found = await c.env.here.stores.applications.find(clientId)
  if (!found) throw new IamError('not_found', `there is no application with the client_id ${clientId}`)
  return found
}

async function loadChangeable(c: HouseContext, clientId: string): Promise<ApplicationWithSecrets> {
  return (await findChangeable(c, clientId)) ?? loadApplication(c, clientId)
}

/** The application, if there is one, that this administrator may change: not the house's own, and none that may do more than they do. */
async function findChangeable(c: HouseContext, clientId: string): Promise<ApplicationWithSecrets | undefined> {
  if (isBuiltInApplication(clientId)) throw new IamError('forbidden', `${clientId} is built in and cannot be changed`)
  const found = await c.env.here.stores.applications.find(clientId)
  if (found) await requireGrantableApplication(c, found)
  return found
}

async function replaceApplication(
  c: HouseContext,
  before: ApplicationWithSecrets,
  input: ApplicationInput,
  secret: string | undefined,
): Promise<void> {
  const {
    actor,
    stores: { applications },
  } = c.env.here
  const { client_id, secrets, createdAt, version } = before
  await applications.update(toApplication(input, { createdAt, version }), actor)
  if (secret !== undefined) await applications.addSecret(client_id, secret, actor)
  if (!isConfidential(input)) for (const old of secrets) await applications.removeSecret(client_id, old.id, actor)
}

function shown({ secrets, ...application }: ApplicationWithSecrets): StoredApplication {
  return storedApplicationSchema.parse({
    ...application,
    secrets: secrets.map(({ id, createdAt }) => ({ id, created_at: createdAt })),
  })
}

/** A confidential application without any secret gets one, since it could not sign anyone in otherwise. */
function secretFor(
  c: HouseContext,
  input: ApplicationInput,
  before: ApplicationWithSecrets | undefined,
): { value: string | undefined; generated: boolean } {
  if (input.client_secret !== undefined) {
    const known = before?.secrets.some((secret) => secret.id === hashOfSecret(input.client_secret ?? '').slice(0, 12))
    if (before && !known) checkRoomForSecret(before)
    return { value: known ? undefined : input.client_secret, generated: false }
  }
  if (!isConfidential(input) || (before?.secrets.length ?? 0) > 0) return { value: undefined, generated: false }
  return { value: c.env.here.random.token(32), generated: true }
}

function checkRoomForSecret({ secrets }: ApplicationWithSecrets): void {
  if (secrets.length >= MAXIMUM_SECRETS)
    throw new IamError('conflict', `an application has at most ${MAXIMUM_SECRETS} secrets; remove one first`)
}

async function checkRoles(c: HouseContext, input: ApplicationInput): Promise<void> {
  if (input.gatehouse_roles.length === 0) return
  const known = new Set((await c.env.here.stores.roles.list()).map((role) => role.name))
  for (const [index, name] of input.gatehouse_roles.entries()) {
    if (!known.has(name))
      throw new IamError('validation_failed', `there is no role named ${name}`, {
        fields: { [`/gatehouse_roles/${index}`]: 'no such role' },
      })
  }
}

/** With the tenant's libraries. */
function scriptOf(application: Pick<ApplicationInput, 'gatehouse_adaptive_script'> | undefined) {
  return { script: application?.gatehouse_adaptive_script }
}

/** It would be nobody anywhere otherwise. */
async function checkDomain(c: HouseContext, { gatehouse_domain }: ApplicationInput): Promise<void> {
  if (gatehouse_domain === undefined || (await c.env.here.stores.domains.isOurs(gatehouse_domain))) return
  throw new IamError('validation_failed', `${gatehouse_domain} is no domain that this tenant has proved`, {
    fields: { '/gatehouse_domain': 'no such domain' },
  })
}
