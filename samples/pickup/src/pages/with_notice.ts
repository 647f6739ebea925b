/** What the last action did, said above the page. */
import { html } from 'hono/html'
import type { Html } from './frame.ts'

export function withNotice(sentence: string | undefined, content: Html): Html {
  return sentence === undefined ? content : html`<p class="notice" role="status">${sentence}</p>${content}`
}
