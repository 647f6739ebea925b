/**
 * Where an address is, of a database of the house. What the front door in the cloud says of a request is with the request (`TenantContext.saidPlace`) and
 * goes before it. Asked only where a policy, a mail or a page wants to know.
 */
import type { Place } from '@gatehouse/core/place.ts'

export interface Places {
  /** Undefined: nobody knows, as of a private address. */
  find(ip: string | undefined): Promise<Place | undefined>
}
