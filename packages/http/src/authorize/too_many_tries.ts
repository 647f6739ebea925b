/** What the sign-in page shows to whoever has to wait before the next try. */
import type { Shown } from './login_page.ts'

export function tooManyTries(retryAfterSeconds: number): Shown {
  const count = Math.max(1, Math.ceil(retryAfterSeconds / 60))
  return { notice: { code: 'too_many_attempts', values: { count } }, status: 429, retryAfterSeconds }
}
