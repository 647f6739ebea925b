/** The page for an address that leads nowhere: no tenant, or no route of ours. */
import { negotiateLocale } from '@gatehouse/core/locale.ts'
import { loadWords } from '@gatehouse/pages/catalogue.ts'
import { renderNotFound } from '@gatehouse/pages/not_found.tsx'
import type { Random } from '@gatehouse/ports/random.ts'
import { pageHeaders } from './headers.ts'

/** `startHref`: where a lost person may begin again. APIs are answered in JSON. */
export function notFoundPage(random: Random, startHref: string): (request: Request) => Promise<Response> {
  return async (request) => {
    if (!request.headers.get('accept')?.includes('text/html')) {
      return Response.json(
        { error: 'not_found', error_description: 'there is nothing at this address' },
        { status: 404, headers: { 'cache-control': 'no-store' } },
      )
    }
    const nonce = random.token(16)
    const locale = negotiateLocale({ acceptLanguage: request.headers.get('accept-language') ?? undefined })
    await loadWords(locale)
    return new Response(renderNotFound({ brand: { displayName: 'Gatehouse' }, locale, nonce, startHref }), {
      status: 404,
      headers: pageHeaders(nonce),
    })
  }
}
