/** A client certificate as a further factor, shown or added in the midst of a sign-in: what came back from the certificates' host (`login_certificate.ts`). */
import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import { enrolCertificate } from '@gatehouse/identity/certificates/enrol.ts'
import type { CertificateProof } from '@gatehouse/identity/certificates/handover.ts'
import { checkFactor } from '@gatehouse/identity/factor_check.ts'
import { sessionIdOf, withFactorProof } from '@gatehouse/identity/interaction.ts'
import type { HouseContext } from '../house.ts'
import { follow, proceed } from './advance.ts'
import { certificateNotice } from './certificate_notice.ts'
import { afterCheck, askedOf, renderMfaPage, useOf } from './mfa.ts'
import { neededOf, renderEnrolment } from './mfa_enrol.ts'
import { standingOf } from './standing.ts'

export async function takeFurther(c: HouseContext, interaction: Interaction, proof: CertificateProof, sealed: string): Promise<Response> {
  const standing = await standingOf(c, interaction)
  const asked = askedOf(standing)
  const credential = asked?.choices.find(({ kind }) => kind === 'x509')
  if (asked === undefined || credential === undefined) return follow(c, standing)
  // A browser that showed none has tried nothing.
  if ('problem' in proof.shown) {
    const notice = certificateNotice(c, interaction, proof.shown.problem)
    return renderMfaPage(c, asked, credential, { notice, status: 400 })
  }
  const { use, latest } = await useOf(c, asked, credential)
  const outcome = await checkFactor(c.env.here, { ...use, text: sealed, sessionId: sessionIdOf(c.env.here, interaction.id), latest })
  return afterCheck(c, asked, credential, outcome, proof.remember === true)
}

export async function takeEnrolment(c: HouseContext, interaction: Interaction, proof: CertificateProof): Promise<Response> {
  const { here } = c.env
  const standing = await standingOf(c, interaction)
  const needed = neededOf(here, standing)
  if (!needed?.certificate) return follow(c, standing)
  const outcome = await enrolCertificate(here, needed.user, proof, '')
  if (outcome.kind === 'enrolled') return proceed(c, withFactorProof(here, interaction, outcome.user, outcome.proven))
  const notice = certificateNotice(c, interaction, outcome.because)
  return renderEnrolment(c, needed, { step: { kind: 'x509' }, notice, status: 400 })
}
