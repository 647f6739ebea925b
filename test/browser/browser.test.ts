import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { openBrowser } from './browser.ts'
import { findBrowser } from './find_browser.ts'
import { person } from './person.ts'

const page = (body: string): string =>
  `data:text/html,${encodeURIComponent(`<!doctype html><html lang="en"><title>Desk</title><main><h1>Desk</h1>${body}</main>`)}`

describe('the browser of the tests', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  test('a person fills, ticks, presses and sees', async () => {
    const jo = await person(browser, 'Jo')

    await jo.goTo(
      page(
        '<form><label>Name <input name="username"></label><button>Say it</button></form><p id="said"></p><script>document.forms[0].onsubmit = (event) => { event.preventDefault(); said.textContent = "Hello " + document.forms[0].username.value }</script>',
      ),
    )
    await jo.fill({ username: 'jo@acme' })
    await jo.press('Say it')

    await jo.sees('Hello jo@acme')
    await jo.doesNotSee('Hello alex')
    expect(jo.troubles).toEqual([])
    await jo.leave()
  })

  test('what a person does not find is told with what the page says instead', async () => {
    const jo = await person(browser, 'Jo')
    await jo.goTo(page('<p>Closed today</p>'))
    jo.page.setDefaultTimeout(200)

    await expect(jo.press('Open')).rejects.toThrow(/Jo found no button or link Open, at data:[\s\S]*Closed today/)
    await jo.leave()
  })

  test('a page that goes on by itself stops nobody who looks at it, fills it in, or asks for it anew', async () => {
    const steps = createServer(({ url = '' }, response) => {
      const step = Number(url.slice(1))
      const onwards = step < 3 ? `<script>setTimeout(() => location.assign('/${step + 1}'), ${5 * step})</script>` : ''
      response.setHeader('content-type', 'text/html')
      response.end(
        `<!doctype html><html lang="en"><title>Desk</title><main><h1>Step ${step}</h1><label>Name <input name="username"></label></main>${onwards}`,
      )
    }).listen(0, '127.0.0.1')
    await once(steps, 'listening')
    const origin = `http://127.0.0.1:${(steps.address() as AddressInfo).port}`
    const jo = await person(browser, 'Jo')

    for (let times = 0; times < 5; times++) {
      await jo.goTo(`${origin}/0`)
      await jo.reloads()
      await jo.fill({ username: 'jo' })
      await expectAccessible(jo.page)
    }

    await jo.sees('Step 3')
    await jo.leave()
    steps.closeAllConnections()
    steps.close()
  })

  test('two persons share no cookie and no storage', async () => {
    const [alex, cameron] = await Promise.all([person(browser, 'Alex'), person(browser, 'Cameron')])
    await alex.context.addCookies([{ name: 'session', value: 'a', url: 'http://localhost' }])

    expect(await cameron.context.cookies()).toEqual([])
    await Promise.all([alex.leave(), cameron.leave()])
  })

  test('a page that a screen reader cannot read is refused, with the place and the reason', async () => {
    const jo = await person(browser, 'Jo')
    await jo.goTo(page('<input name="username">'))

    await expect(expectAccessible(jo.page)).rejects.toThrow(/label[\s\S]*<input name="username">/)
    await jo.leave()
  })

  test('buttons too small and too close for a thumb are refused (WCAG 2.2, 2.5.8)', async () => {
    const jo = await person(browser, 'Jo')
    const small = 'style="all:unset;display:inline-block;width:12px;height:12px;font-size:9px"'
    await jo.goTo(page(`<button ${small}>a</button><button ${small}>b</button>`))

    await expect(expectAccessible(jo.page)).rejects.toThrow(/target-size/)
    await jo.leave()
  })

  test('a plain good page is accessible', async () => {
    const jo = await person(browser, 'Jo')
    await jo.goTo(page('<p>Good morning</p>'))

    await expectAccessible(jo.page)
    await jo.leave()
  })
})

describe('the way to a browser', () => {
  test('one that is named wins over all others', async () => {
    expect((await findBrowser({ GATEHOUSE_CHROMIUM: process.execPath })).path).toBe(process.execPath)
  })

  test('one that is named and not there is told, instead of quietly taking another', async () => {
    await expect(findBrowser({ GATEHOUSE_CHROMIUM: '/nowhere/chromium' })).rejects.toThrow('/nowhere/chromium, which is no program')
  })
})
