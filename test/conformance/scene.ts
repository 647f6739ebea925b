/** What the stock clients meet: a house with one person and the client's application, a browser, and a door to come back to. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../browser/browser.ts'
import { type Person, person } from '../browser/person.ts'
import { startHouse } from '../house.ts'

/** As in a configuration file: RFC 7591 and OpenID Connect Registration. */
export type ApplicationSeed = Readonly<Record<string, unknown>> & { readonly client_id: string }

export type Scene = {
  readonly issuer: string
  readonly browser: Browser
  /** A new person at a browser of their own; `jo` in the directory. */
  arrive(): Promise<Person>
  close(): Promise<void>
}

export const JO = {
  userName: 'jo',
  password: 'a long walk by the sea 7',
  name: { givenName: 'Jo', familyName: 'Fischer' },
  emails: [{ value: 'jo@example.org', primary: true }],
}

export async function openScene(application: ApplicationSeed): Promise<Scene> {
  const house = await startHouse({ seed: { tenants: [{ id: 'main', applications: [application], users: [{ ...JO, active: true }] }] } })
  const browser = await openBrowser()
  return {
    issuer: house.issuer('main'),
    browser,
    arrive: () => person(browser, 'Jo'),
    close: async () => {
      await browser.close()
      await house.stop()
    },
  }
}

/** At the hosted pages: signs in if asked, allows what is asked, until the browser has left for the client. */
export async function signInAndAllow(jo: Person, clientOrigin: string): Promise<void> {
  const { page } = jo
  const password = page.locator('input[name="password"]')
  const allow = page.locator('button[name="decision"][value="allow"]')

  await password.waitFor()
  await jo.fill({ username: JO.userName, password: JO.password })
  await password.press('Enter')
  await Promise.race([allow.waitFor(), atOrigin(jo, clientOrigin)])
  if (await allow.isVisible()) {
    await allow.click()
    await atOrigin(jo, clientOrigin)
  }
}

export async function atOrigin(jo: Person, origin: string): Promise<void> {
  await jo.page.waitForURL((url) => url.origin === origin)
}

/** A client's own web server on loopback: paths and what they answer; anything else is a plain page. */
export type Door = { readonly origin: string; close(): Promise<void> }

export async function openDoor(files: Readonly<Record<string, { type: string; body: string }>> = {}): Promise<Door> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const file = files[path] ?? files['*'] ?? { type: 'text/html', body: '<!doctype html><title>Client</title><p>Back at the client</p>' }
    response.writeHead(200, { 'content-type': file.type }).end(file.body)
  })
  return { origin: `http://localhost:${await listen(server)}`, close: () => closed(server) }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  return (server.address() as AddressInfo).port
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
