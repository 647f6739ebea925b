/** @jsxImportSource hono/jsx */
/** A mail's own HTML made ready for a sandboxed `srcdoc` frame, and links in plain text. */
import type { Child } from 'hono/jsx'

/**
 * A `srcdoc` frame inherits the page's Content-Security-Policy, so the mail's style sheet needs the page's nonce. The frame runs no script whatever the mail says: its
 * sandbox lacks `allow-scripts`. Links open in the whole window.
 */
export function mailDocument(html: string, nonce: string): string {
  const styled = html.replaceAll(/<style(?=[\s>])/gi, `<style nonce="${nonce}"`)
  const base = '<base target="_top">'
  return /<head(\s[^>]*)?>/i.test(styled) ? styled.replace(/<head(\s[^>]*)?>/i, (head) => head + base) : base + styled
}

export function linkedText(text: string): Child[] {
  return text.split(/(https?:\/\/[^\s<>"\u2068\u2069]+)/).map((piece, index) => (index % 2 === 0 ? piece : <a href={piece}>{piece}</a>))
}
