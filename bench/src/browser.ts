/** Just enough of a browser to walk through any server's sign-in: cookies, redirects, and the first form of a page. */
import { FORM, type Received, send } from './http_client.ts'

export type Page = Received & { readonly url: string }
export type Browser = ReturnType<typeof openBrowser>

type Cookie = { readonly pair: string; readonly path: string }

const MAXIMUM_STEPS = 12

export function openBrowser() {
  const cookies = new Map<string, Cookie>()
  let requests = 0

  async function once(url: string, body?: string): Promise<Page> {
    requests += 1
    const headers = {
      accept: 'text/html',
      cookie: cookiesFor(new URL(url).pathname),
      ...(body === undefined ? {} : { ...FORM, origin: new URL(url).origin }),
    }
    const received = await send({ method: body === undefined ? 'GET' : 'POST', url, headers, ...(body === undefined ? {} : { body }) })
    for (const line of received.headers['set-cookie'] ?? []) keep(line)
    return { ...received, url }
  }

  function cookiesFor(path: string): string {
    const sent = [...cookies.values()].filter(
      (cookie) => path === cookie.path || path.startsWith(cookie.path.endsWith('/') ? cookie.path : `${cookie.path}/`),
    )
    return sent.map(({ pair }) => pair).join('; ')
  }

  function keep(line: string): void {
    const [pair = '', ...attributes] = line.split(/; */)
    const path = attributes.find((each) => /^path=/i.test(each))?.slice('path='.length) ?? '/'
    const key = `${pair.slice(0, pair.indexOf('='))} ${path}`
    const isGone = pair.endsWith('=') || attributes.some((each) => /^max-age=0$|^expires=thu, 01 jan 1970/i.test(each))
    if (isGone) cookies.delete(key)
    else cookies.set(key, { pair, path })
  }

  return {
    get requests(): number {
      return requests
    },

    once,

    /** Follows redirects until a page comes, or until one leads to `end`. */
    async follow(first: Page, end: string): Promise<Page> {
      let page = first
      for (let step = 0; step < MAXIMUM_STEPS; step += 1) {
        const location = page.headers.location
        if (location === undefined) return page
        const url = new URL(location, page.url).href
        if (url.startsWith(end)) return { ...page, url }
        page = await once(url)
      }
      throw new Error(`more than ${MAXIMUM_STEPS} redirects, the last one to ${page.url}`)
    },
  }
}

export type Form = { readonly action: string; readonly fields: ReadonlyMap<string, string> }

/** The first form that posts: its hidden fields and ticked boxes, as a browser would send them. */
export function parseForm(page: Page): Form {
  const form = /<form\b([^>]*method="post"[^>]*)>([\s\S]*?)<\/form>/i.exec(page.body)
  if (form === null) throw new Error(`no form at ${page.url} (${page.status}): ${page.body.slice(0, 300)}`)
  const fields = new Map<string, string>()
  for (const [tag] of (form[2] ?? '').matchAll(/<input\b[^>]*>/gi)) {
    const name = attribute(tag, 'name')
    const type = attribute(tag, 'type') ?? 'text'
    if (name === undefined || ((type === 'checkbox' || type === 'radio') && !/\schecked\b/i.test(tag))) continue
    fields.set(name, attribute(tag, 'value') ?? '')
  }
  return { action: new URL(plain(attribute(form[1] ?? '', 'action') ?? ''), page.url).href, fields }
}

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}="([^"]*)"`, 'i').exec(` ${tag}`)
  return found === null ? undefined : plain(found[1] ?? '')
}

function plain(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
