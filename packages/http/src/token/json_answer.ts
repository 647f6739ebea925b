/** JSON that holds tokens or people: nobody may keep it (RFC 6749 section 5.1). */
const HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store', pragma: 'no-cache', 'x-content-type-options': 'nosniff' }

export function privateJson(value: unknown): Response {
  return new Response(JSON.stringify(value), { headers: HEADERS })
}
