/** `/api/v1/sign-in/script-...`: ready-made scripts, the secrets of a tenant's scripts, and the texts that audit records name. */
import { IamError } from '@gatehouse/core/error.ts'
import { MOST_SCRIPT_SECRETS } from '@gatehouse/store/script_secret.ts'
import { z } from '@hono/zod-openapi'
import { type AdminApp, body, describe, json } from '../route.ts'

const tag = 'Sign-in'
const secretName = z.string().regex(/^[A-Za-z_][\w]{0,59}$/, 'a letter or _, then letters, digits and _')

const templateSchema = z
  .object({
    name: z.string(),
    category: z.enum(['access_control', 'step_up', 'levels', 'sessions', 'outside']),
    title: z.string(),
    description: z.string(),
    parameters: z.array(z.object({ name: z.string(), description: z.string() })).describe('Variables at the head of the script'),
    steps: z.number().int().describe('How many steps the sign-in is to have'),
    script: z.string(),
  })
  .openapi('ScriptTemplate')

export function scriptRoutes(app: AdminApp): void {
  app.openapi(
    describe('applications:read', {
      method: 'get',
      path: '/api/v1/sign-in/script-templates',
      summary: 'List ready-made adaptive scripts',
      tag,
      responses: { 200: json(z.object({ templates: z.array(templateSchema) }), 'Scripts to begin with') },
    }),
    async (c) => {
      const { TEMPLATES } = await import('@gatehouse/policy/script/templates/templates.ts')
      return c.json({ templates: TEMPLATES.map((template) => ({ ...template, parameters: [...template.parameters] })) }, 200)
    },
  )

  app.openapi(
    describe('audit:read', {
      method: 'get',
      path: '/api/v1/sign-in/script-versions/{version}',
      summary: 'Read the script that an audit record names',
      tag,
      request: { params: z.object({ version: z.string().regex(/^[\w-]{22}$/, 'as the audit record has it') }) },
      responses: {
        200: json(z.object({ script: z.string(), libraries: z.record(z.string(), z.string()) }), 'The script, with what it requires'),
      },
    }),
    async (c) => {
      const found = await c.env.here.stores.adaptiveJournals.findVersion(c.req.valid('param').version)
      if (!found) throw new IamError('not_found', 'no sign-in followed such a script')
      return c.json({ script: found.script, libraries: { ...found.libraries } }, 200)
    },
  )

  app.openapi(
    describe('tenant:read', {
      method: 'get',
      path: '/api/v1/sign-in/script-secrets',
      summary: 'List the secrets of adaptive scripts, by name; none is answered',
      tag,
      responses: {
        200: json(
          z.object({ secrets: z.array(z.object({ name: z.string(), changed_at: z.number().int().describe('Seconds since the epoch') })) }),
          'Their names',
        ),
      },
    }),
    async (c) => {
      const secrets = await c.env.here.stores.scriptSecrets.list()
      return c.json({ secrets: secrets.map(({ name, changedAt }) => ({ name, changed_at: changedAt })) }, 200)
    },
  )

  app.openapi(
    describe('tenant:write', {
      method: 'put',
      path: '/api/v1/sign-in/script-secrets/{name}',
      summary: 'Give adaptive scripts a secret: secrets.name',
      tag,
      request: {
        params: z.object({ name: secretName }),
        body: body(z.strictObject({ value: z.string().min(1).max(4_096).describe('Stored sealed; never answered') }), 'Its value'),
      },
      responses: { 204: { description: 'Kept; scripts have it from their next run on' } },
    }),
    async (c) => {
      const { here } = c.env
      const { name } = c.req.valid('param')
      const all = await here.stores.scriptSecrets.list()
      if (all.length >= MOST_SCRIPT_SECRETS && !all.some((one) => one.name === name))
        throw new IamError('conflict', `a tenant has at most ${MOST_SCRIPT_SECRETS} secrets of scripts; remove one first`)
      const { sealScriptSecret } = await import('@gatehouse/policy/script/secrets.ts')
      await here.stores.scriptSecrets.save(name, await sealScriptSecret(here, name, c.req.valid('json').value), here.actor)
      return c.body(null, 204)
    },
  )

  app.openapi(
    describe('tenant:write', {
      method: 'delete',
      path: '/api/v1/sign-in/script-secrets/{name}',
      summary: 'Take a secret from adaptive scripts',
      tag,
      request: { params: z.object({ name: secretName }) },
      responses: { 204: { description: 'Removed' } },
    }),
    async (c) => {
      const { here } = c.env
      const { name } = c.req.valid('param')
      if (!(await here.stores.scriptSecrets.list()).some((one) => one.name === name))
        throw new IamError('not_found', `there is no secret named ${name}`)
      await here.stores.scriptSecrets.remove(name, here.actor)
      return c.body(null, 204)
    },
  )
}
