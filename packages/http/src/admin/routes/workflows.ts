/** `/api/v1/workflows` and `/api/v1/associations`: how operations are approved. */
import { listAssociations, removeAssociation, saveAssociation } from '@gatehouse/workflow/associations.ts'
import { listWorkflows, removeWorkflow, saveWorkflow } from '@gatehouse/workflow/definitions.ts'
import { z } from '@hono/zod-openapi'
import { type AdminApp, body, describe, json, readBack } from '../route.ts'
import { associationSchema, storedWorkflowSchema, workflowSchema } from '../schema/workflow.ts'
import { sameName } from './same_name.ts'

const tag = 'Workflows'
const params = z.object({ name: z.string().max(200) })
const workflowsSchema = z.object({ workflows: z.array(storedWorkflowSchema) })
const associationsSchema = z.object({ associations: z.array(associationSchema) })

export function workflowRoutes(app: AdminApp): void {
  app.openapi(
    describe('workflows:read', {
      method: 'get',
      path: '/api/v1/workflows',
      summary: 'List workflows',
      tag,
      responses: { 200: json(workflowsSchema, 'All workflows, approvers by name') },
    }),
    async (c) => c.json(workflowsSchema.parse({ workflows: await listWorkflows(c.env.here) }), 200),
  )

  app.openapi(
    describe('workflows:write', {
      method: 'put',
      path: '/api/v1/workflows/{name}',
      summary: 'Create or change a workflow; requests on their way keep the levels that they started with',
      tag,
      request: { params, body: readBack(workflowSchema, ['version'], 'The workflow') },
      responses: { 200: json(z.object({ name: z.string(), version: z.number().int() }), 'The workflow as it is now') },
    }),
    async (c) => {
      const { name, version } = await saveWorkflow(c.env.here, sameName(c.req.valid('param').name, c.req.valid('json'), 'name'))
      return c.json({ name, version }, 200)
    },
  )

  app.openapi(
    describe('workflows:write', {
      method: 'delete',
      path: '/api/v1/workflows/{name}',
      summary: 'Remove a workflow that no association names',
      tag,
      request: { params },
      responses: { 204: { description: 'Removed; requests on their way go on' } },
    }),
    async (c) => {
      await removeWorkflow(c.env.here, c.req.valid('param').name)
      return c.body(null, 204)
    },
  )

  app.openapi(
    describe('workflows:read', {
      method: 'get',
      path: '/api/v1/associations',
      summary: 'List which operations need which workflow',
      tag,
      responses: { 200: json(associationsSchema, 'All associations') },
    }),
    async (c) => c.json(associationsSchema.parse({ associations: await listAssociations(c.env.here) }), 200),
  )

  app.openapi(
    describe('workflows:write', {
      method: 'put',
      path: '/api/v1/associations',
      summary: 'Let an operation need a workflow',
      tag,
      request: { body: body(associationSchema, 'The association') },
      responses: { 200: json(z.object({ operation: z.string(), enabled: z.boolean() }), 'The association as it is now') },
    }),
    async (c) => {
      const { operation, enabled } = await saveAssociation(c.env.here, c.req.valid('json'))
      return c.json({ operation, enabled }, 200)
    },
  )

  app.openapi(
    describe('workflows:write', {
      method: 'delete',
      path: '/api/v1/associations/{operation}/{workflow}',
      summary: 'Let an operation go unapproved',
      tag,
      request: { params: z.object({ operation: z.string().max(100), workflow: z.string().max(200) }) },
      responses: { 204: { description: 'Removed' } },
    }),
    async (c) => {
      await removeAssociation(c.env.here, c.req.valid('param'))
      return c.body(null, 204)
    },
  )
}
