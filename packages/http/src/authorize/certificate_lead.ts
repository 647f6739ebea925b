/** Where a form of the further steps leads to show a certificate. */
import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import { certificateHref } from '@gatehouse/identity/certificates/handover.ts'
import type { HouseContext } from '../house.ts'

/** Undefined where there is no host to show one at. */
export async function sendToCertificates(
  c: HouseContext,
  purpose: 'further' | 'enrolment',
  { id }: Interaction,
  remember = false,
): Promise<Response | undefined> {
  const href = await certificateHref(c.env.here, { purpose, boundTo: id, ...(remember ? { remember } : {}) })
  return href === undefined ? undefined : c.redirect(href, 303)
}
