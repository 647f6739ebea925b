/** What a sign-in page says when a certificate was not taken, and how a form leads to where one is shown. */
import type { CertificateProblem } from '@gatehouse/core/certificate_policy.ts'
import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import { CERTIFICATE_CATALOGUES } from '@gatehouse/pages/certificate_words.ts'
import type { HouseContext } from '../house.ts'
import { uiLocalesOf } from '../interaction_page.ts'
import { pageLocale } from '../page.ts'

export type CertificateNotice = { readonly code: 'certificate_refused'; readonly values: { readonly because: string } }

export function certificateNotice(c: HouseContext, interaction: Interaction, because: CertificateProblem): CertificateNotice {
  const locale = pageLocale(c, uiLocalesOf(interaction))
  return { code: 'certificate_refused', values: { because: CERTIFICATE_CATALOGUES[locale][because] } }
}
