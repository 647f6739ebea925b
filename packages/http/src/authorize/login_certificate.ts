/**
 * A client certificate in a sign-in: the form leads to the certificates' host, and from there the browser comes back to `GET /login/certificate`. That it changes
 * something though it is a GET, as a redirect can be nothing else: what comes back is sealed for this interaction, whose cookie must come with it, and is spent.
 */
import { IamError } from '@gatehouse/core/error.ts'
import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import { type CertificateProof, certificateHref, openProof } from '@gatehouse/identity/certificates/handover.ts'
import { type CertificateOutcome, signInByCertificate } from '@gatehouse/identity/certificates/sign_in.ts'
import { withFirstProof } from '@gatehouse/identity/interaction.ts'
import { firstStepOf } from '@gatehouse/identity/sign_in_steps.ts'
import type { HouseContext } from '../house.ts'
import { proceed } from './advance.ts'
import { certificateNotice } from './certificate_notice.ts'
import { loadInteraction } from './interaction_of.ts'
import type { Shown } from './login_page.ts'
import { renderLoginPage } from './render_login.ts'
import { tooManyTries } from './too_many_tries.ts'

/** `POST /login` with `way` = `x509`. The caller has checked that the form is ours. */
export async function askForCertificate(c: HouseContext, interaction: Interaction): Promise<Response> {
  const { here } = c.env
  const href = (await acceptsCertificate(c, interaction))
    ? await certificateHref(here, { purpose: 'first', boundTo: interaction.id })
    : undefined
  return href === undefined ? renderLoginPage(c, interaction, { status: 422 }) : c.redirect(href, 303)
}

/** `GET /login/certificate`: what the browser has shown. */
export async function takeProof(c: HouseContext): Promise<Response> {
  const interaction = await loadInteraction(c, c.req.query('interaction'))
  const sealed = c.req.query('proof') ?? ''
  const proof = await openProof(c.env.here, sealed, interaction.id)
  if (proof === undefined) throw new IamError('gone', 'this was shown for another sign-in; go back to the page where you began')
  if (proof.purpose === 'further') return (await import('./mfa_certificate.ts')).takeFurther(c, interaction, proof, sealed)
  if (proof.purpose === 'enrolment') return (await import('./mfa_certificate.ts')).takeEnrolment(c, interaction, proof)
  return takeFirst(c, interaction, proof)
}

async function takeFirst(c: HouseContext, interaction: Interaction, proof: CertificateProof): Promise<Response> {
  const { here } = c.env
  if (!(await acceptsCertificate(c, interaction))) return renderLoginPage(c, interaction, { status: 422 })
  const outcome = await signInByCertificate(here, proof)
  if (outcome.kind === 'right') return proceed(c, withFirstProof(here, interaction, outcome.user, outcome.proven), outcome.user)
  // By the Back button, mostly: to wherever the sign-in has come.
  if (outcome.kind === 'used') return proceed(c, interaction)
  return renderLoginPage(c, interaction, shownAfter(c, interaction, outcome))
}

type Refused = Exclude<CertificateOutcome, { readonly kind: 'right' | 'used' }>

function shownAfter(c: HouseContext, interaction: Interaction, outcome: Refused): Shown {
  if (outcome.kind === 'locked') return tooManyTries(outcome.retryAfterSeconds)
  if (outcome.kind === 'inactive') return { notice: { code: 'account_inactive' }, status: 403 }
  return { notice: certificateNotice(c, interaction, outcome.because), status: 400 }
}

/** Of the policy and the request, as the page had it. */
async function acceptsCertificate(c: HouseContext, interaction: Interaction): Promise<boolean> {
  const { here } = c.env
  const { target } = interaction
  const application = target.kind === 'authorization' ? await here.configuration.findApplication(target.request.clientId) : undefined
  return firstStepOf(here, interaction, application).accepted.includes('x509')
}
