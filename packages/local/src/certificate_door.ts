/** The two doors of a house that takes client certificates: each answers for its own host only, whatever the Host header says. */
import { isBelowTenants } from './root.ts'

type Fetch<Peer> = (request: Request, peer: Peer) => Promise<Response>

/** The ordinary one: nobody comes to the certificates' host by it. */
export function ordinaryDoor<Peer>(fetch: Fetch<Peer>, certificateOrigin: () => string | undefined): Fetch<Peer> {
  return async (request, peer) => (isAt(request, certificateOrigin()) ? elsewhere() : fetch(request, peer))
}

/** The one where TLS asks for certificates: only what is below a tenant is there, and of that only what the front door knows. */
export function certificateDoor<Peer>(fetch: Fetch<Peer>, certificateOrigin: () => string | undefined): Fetch<Peer> {
  return async (request, peer) => {
    if (!isAt(request, certificateOrigin())) return elsewhere()
    return isBelowTenants(request) ? fetch(request, peer) : new Response('there is nothing at this address\n', { status: 404 })
  }
}

function isAt({ url }: Request, origin: string | undefined): boolean {
  return origin !== undefined && (url === origin || url.startsWith(`${origin}/`))
}

/** RFC 9110 section 15.5.20. */
function elsewhere(): Response {
  return new Response('this door is not for that host\n', { status: 421 })
}
