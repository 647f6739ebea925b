/** Where a request, or what happened, came from. */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import { type Place, type ShownPlace, shownPlaceOf } from '@gatehouse/core/place.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

/** Of this request: the front door's word, else what the database of the house knows. */
export async function placeOf({
  saidPlace,
  places,
  actor,
}: Pick<TenantContext, 'saidPlace' | 'places' | 'actor'>): Promise<Place | undefined> {
  return saidPlace ?? places.find(actor.ip)
}

/** Of something that happened, for a mail or a list: as it stands on the session, else by the address. */
export async function placeOfEvent(
  { places, stores }: Pick<TenantContext, 'places' | 'stores'>,
  { userId, sessionId, actor }: Pick<HouseEvent, 'userId' | 'sessionId' | 'actor'>,
): Promise<ShownPlace | undefined> {
  const session = userId === undefined || sessionId === undefined ? undefined : await stores.sessions.find(userId, sessionId)
  return session?.place ?? shownPlaceOf(await places.find(actor.ip))
}
