/** Redirect URIs: compared by simple string comparison (RFC 6749 section 3.1.2.3, RFC 9700 section 4.1.3), but for the port of a native application's loopback address. */
import type { Application } from './application.ts'

const LOOPBACK = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(?::(\d{1,5}))?((?:[/?][^#\s]*)?)$/

export function isRegisteredRedirectUri(application: Pick<Application, 'redirect_uris' | 'application_type'>, requested: string): boolean {
  if (application.redirect_uris.includes(requested)) return true
  if (application.application_type !== 'native') return false
  return application.redirect_uris.some((registered) => differsInLoopbackPortOnly(registered, requested))
}

/** RFC 8252 section 7.3: the port is the operating system's choice at the time of the request. `localhost` only where it was registered so (section 8.3). */
function differsInLoopbackPortOnly(registered: string, requested: string): boolean {
  const [is, came] = [LOOPBACK.exec(registered), LOOPBACK.exec(requested)]
  return is !== null && came !== null && is[1] === came[1] && is[3] === came[3] && Number(came[2] ?? 80) <= 65_535
}

/** Does a page of this origin belong to the application? What CORS is answered by. */
export function isApplicationOrigin(application: Pick<Application, 'redirect_uris' | 'application_type'>, origin: string): boolean {
  return application.redirect_uris.some((uri) => originOf(uri) === origin)
}

/** Undefined for a scheme without origins (`com.example.app:/callback`). */
export function originOf(uri: string): string | undefined {
  if (!URL.canParse(uri)) return undefined
  const { origin } = new URL(uri)
  return origin === 'null' ? undefined : origin
}
