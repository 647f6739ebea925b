import { html } from 'hono/html'
import type { Html } from './frame.ts'

/** Says above the page what the last action did. */
export function withNotice(sentence: string | undefined, content: Html): Html {
  return sentence === undefined ? content : html`<p class="notice" role="status">${sentence}</p>${content}`
}
