/** Approvals: the tasks of the signed-in person below `/api/v1/me/approvals`, and the page that the link of a mail opens. */
import { Hono } from 'hono'
import { smallJson } from '../account/json_body.ts'
import { privately } from '../account/privately.ts'
import { refuse } from '../account/refuse.ts'
import { type Env, pathBelowIssuer } from '../house.ts'
import { notTaken } from '../not_taken.ts'
import { showApproval, submitApproval } from './approval_page.ts'
import { actOnTask, readOneTask, readTasks } from './tasks.ts'

const API = '/api/v1/me/approvals'

export function approveApp(): Hono<Env> {
  const app = new Hono<Env>({ getPath: pathBelowIssuer })
  app.onError((error, c) => refuse(error, c))
  app.notFound(notTaken(app, refuse))
  app.use(`${API}/*`, smallJson, privately)

  app.get(API, privately, readTasks)
  app.get(`${API}/:id`, readOneTask)
  app.post(`${API}/:id/:action`, actOnTask)

  app.get('/approvals/:id', showApproval)
  app.post('/approvals/:id', submitApproval)
  return app
}
