/** The management API: what `gatehouse apply` and `export` use. Its description is at `/api/v1/openapi.json`. */
import { IamError } from '@gatehouse/core/error.ts'
import { PERMISSIONS } from '@gatehouse/core/permissions.ts'
import { OpenAPIHono } from '@hono/zod-openapi'
import { problem } from '../errors.ts'
import { type Env, pathBelowIssuer } from '../house.ts'
import { notTaken } from '../not_taken.ts'
import { smallBody } from '../small_body.ts'
import { refuseInvalid } from './route.ts'
import { applicationRoutes } from './routes/applications.ts'
import { credentialRoutes } from './routes/credentials.ts'
import { domainRoutes } from './routes/domains.ts'
import { groupRoutes, roleRoutes } from './routes/groups_and_roles.ts'
import { importedHashRoutes } from './routes/imported_hashes.ts'
import { lockRoutes } from './routes/locks.ts'
import { mailMarkRoutes } from './routes/mail_marks.ts'
import { operationRoutes } from './routes/operations.ts'
import { passwordResetRoutes } from './routes/password_resets.ts'
import { rememberedBrowserRoutes } from './routes/remembered_browsers.ts'
import { requestRoutes } from './routes/requests.ts'
import { riskRoutes } from './routes/risk.ts'
import { scriptRoutes } from './routes/scripts.ts'
import { signInRoutes } from './routes/sign_in.ts'
import { tenantRoutes } from './routes/tenants.ts'
import { textOptOutRoutes } from './routes/text_opt_outs.ts'
import { userInvitationRoutes } from './routes/user_invitations.ts'
import { userRoutes } from './routes/users.ts'
import { workflowRoutes } from './routes/workflows.ts'

const MAXIMUM_BODY_BYTES = 1_048_576

export function adminApp(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({
    getPath: pathBelowIssuer,
    defaultHook: (result, c) => refuseInvalid(result, c),
  })
  app.onError((error, c) => {
    const answer = problem(isUnreadableJson(error) ? new IamError('invalid_request', 'the body is not JSON') : error, c)
    // RFC 9110 section 15.5.2, RFC 6750 section 3.1: who sent no token is told how, and nothing of an error.
    if (answer.status === 401 && !answer.headers.has('www-authenticate'))
      answer.headers.set('www-authenticate', `Bearer realm="${c.env.here.issuer}"`)
    return answer
  })
  app.notFound(notTaken(app, problem, (path) => `there is nothing at ${path}; /api/v1/openapi.json lists what there is`))
  app.use(smallBody(MAXIMUM_BODY_BYTES))
  app.use(async (c, next) => {
    await next()
    c.header('cache-control', 'no-store')
    c.header('x-content-type-options', 'nosniff')
  })

  tenantRoutes(app)
  applicationRoutes(app)
  userRoutes(app)
  importedHashRoutes(app)
  credentialRoutes(app)
  rememberedBrowserRoutes(app)
  passwordResetRoutes(app)
  riskRoutes(app)
  userInvitationRoutes(app)
  lockRoutes(app)
  signInRoutes(app)
  scriptRoutes(app)
  groupRoutes(app)
  roleRoutes(app)
  mailMarkRoutes(app)
  textOptOutRoutes(app)
  workflowRoutes(app)
  requestRoutes(app)
  domainRoutes(app)
  operationRoutes(app)

  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: `An access token of this tenant. Permissions: ${Object.entries(PERMISSIONS)
      .map(([name, meaning]) => `${name} (${meaning})`)
      .join('; ')}.`,
  })
  app.get('/api/v1/openapi.json', (c) =>
    c.json(
      app.getOpenAPI31Document({
        openapi: '3.1.0',
        info: {
          title: 'Gatehouse management API',
          version: '1',
          description: 'Objects in the words of their standards; errors as RFC 9457.',
        },
        servers: [{ url: c.env.here.issuer }],
      }),
    ),
  )
  return app
}

function isUnreadableJson(error: unknown): boolean {
  return error instanceof SyntaxError || (error instanceof Error && 'status' in error && error.status === 400)
}
