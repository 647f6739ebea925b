/** What the front doors answer themselves, without asking a function. */
import type { Headers, Value } from './edge_request.ts'

export type CloudFrontAnswer = {
  statusCode: number
  statusDescription: string
  headers: Record<string, Value>
  body?: { encoding: 'text'; data: string }
}

/** Locale -> direction, title, text. */
declare const NOWHERE: Record<string, string[] | undefined>

export function redirect(location: string): CloudFrontAnswer {
  return answer(302, 'Found', { location: { value: location } }, '')
}

export function nowhere(headers: Headers): CloudFrontAnswer {
  const accepted = headers['accept-language'] ? headers['accept-language'].value.toLowerCase().split(',') : []
  let locale = 'en'
  for (let i = accepted.length - 1; i >= 0; i--) {
    const language = String(accepted[i]).trim().split(/[-_;]/)[0] || ''
    if (Array.isArray(NOWHERE[language])) locale = language
  }
  const words = NOWHERE[locale] || []
  return answer(404, 'Not Found', {}, page(locale, String(words[0]), String(words[1]), String(words[2])))
}

export function outage(): CloudFrontAnswer {
  return answer(
    503,
    'Service Unavailable',
    { 'retry-after': { value: '5' } },
    page('en', 'ltr', 'Service unavailable', 'The house cannot be reached at the moment. Please try again.'),
  )
}

function answer(statusCode: number, statusDescription: string, more: Record<string, Value>, text: string): CloudFrontAnswer {
  more['cache-control'] = { value: 'no-store' }
  more['strict-transport-security'] = { value: 'max-age=31536000' }
  more['x-content-type-options'] = { value: 'nosniff' }
  if (text === '') return { statusCode: statusCode, statusDescription: statusDescription, headers: more }
  more['content-type'] = { value: 'text/html; charset=utf-8' }
  more['content-security-policy'] = { value: "default-src 'none'; frame-ancestors 'none'" }
  return { statusCode: statusCode, statusDescription: statusDescription, headers: more, body: { encoding: 'text', data: text } }
}

/** Read by everybody, seldom: no styles, but a language, a heading and a main part. */
function page(locale: string, direction: string, title: string, text: string): string {
  const head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>' + title + '</title>'
  const html = '<!doctype html><html lang="' + locale + '" dir="' + direction + '">' + head
  return html + '<main><h1>' + title + '</h1><p>' + text + '</p></main></html>'
}
