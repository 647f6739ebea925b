/** Nobody keeps an answer about a person, and no other site reads it: there are no CORS headers. */
import type { HouseContext } from '../house.ts'

export async function privately(c: HouseContext, next: () => Promise<void>): Promise<void> {
  await next()
  c.header('cache-control', 'no-store')
  c.header('x-content-type-options', 'nosniff')
  c.header('cross-origin-resource-policy', 'same-origin')
}
