/** Serves the sample applications of the quick start in one process. */
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { type Application, createApplication } from './application.ts'
import { openBoard } from './board.ts'
import type { Desk } from './desk.ts'
import { dispatch } from './dispatch.ts'
import { manager } from './manager.ts'
import { lobby } from './pages/door.ts'

export type SamplesOptions = {
  readonly port: number
  readonly hostname: string
  /** How browsers reach the samples, such as `http://localhost:8080`; redirect URIs are registered under it. */
  readonly origin: string
  readonly applications: readonly Application[]
  /** Bookings are kept here; in memory where it is absent. */
  readonly dataDir?: string | undefined
  readonly log?: (line: string) => void
}

/** By path; any other path gets the booking desk. */
const DESKS: Readonly<Record<string, Desk>> = { '/pickup-dispatch': dispatch, '/pickup-manager': manager }

/** Rejects when the port is taken. The issuers need not run yet: they are looked up when somebody signs in. */
export async function startSamples(options: SamplesOptions): Promise<{ close(): Promise<void>; origin: string }> {
  const app = await createSamples(options)
  const server = serve({ fetch: app.fetch, port: options.port, hostname: options.hostname })
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject))
  return {
    origin: options.origin,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}

/** The whole site as a value with `fetch`. */
export async function createSamples({
  origin,
  applications,
  dataDir,
  log = () => {},
}: Omit<SamplesOptions, 'port' | 'hostname'>): Promise<Hono> {
  const surroundings = { origin, board: await openBoard(dataDir), now: Date.now, log }
  const site = new Hono()

  site.use(bodyLimit({ maxSize: 64 * 1024 }))
  site.use(async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(headers(applications))) c.res.headers.set(name, value)
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store')
  })
  for (const application of applications) {
    const desk = DESKS[application.path] ?? dispatch
    site.get(`${application.path}/`, (c) => c.redirect(application.path, 301))
    site.route(application.path, createApplication(application, desk, surroundings))
  }
  site.get('/', (c) => c.html(lobby(applications.map(({ name, path, issuer }) => ({ name, path, issuer, home: `${origin}${path}` })))))
  return site
}

/** `form-action` names the issuers, since a browser follows the logout form's redirect with it. */
function headers(applications: readonly Application[]): Record<string, string> {
  const houses = [...new Set(applications.map(({ issuer }) => new URL(issuer).origin))].join(' ')
  return {
    'content-security-policy': `default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' ${houses}; base-uri 'none'; frame-ancestors 'none'`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  }
}
