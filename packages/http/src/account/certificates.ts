/**
 * `/api/v1/me/credentials/x509`: a client certificate in My Account, under the same rule as every change of what proves a person. The browser shows it at the
 * certificates' host, comes back to My Account with what was shown, and adds it there with a name.
 */
import type { CertificateProblem } from '@gatehouse/core/certificate_policy.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { BegunCertificate } from '@gatehouse/core/my_account.ts'
import { enrolCertificate, factsOf, judgeForEnrolment } from '@gatehouse/identity/certificates/enrol.ts'
import { type CertificateProof, certificateHref, openProof } from '@gatehouse/identity/certificates/handover.ts'
import { addToSession } from '@gatehouse/identity/session_proof.ts'
import { takesCertificates } from '@gatehouse/identity/sign_in_steps.ts'
import type { HouseContext } from '../house.ts'
import { certificateFacts, nameOf, shown } from './credentials.ts'
import { type JsonObject, readJson, textOf } from './json_body.ts'
import { checkSure, requireWriter, type SignedIn } from './signed_in.ts'

export async function beginCertificate(c: HouseContext): Promise<Response> {
  const { here, session } = await requireChange(c)
  const href = await certificateHref(here, { purpose: 'account', boundTo: session.id })
  if (href === undefined) throw nowhere()
  return c.json({ href } satisfies BegunCertificate)
}

/** What is about to be added, for the person to see; nothing is spent. */
export async function readCertificate(c: HouseContext): Promise<Response> {
  const signedIn = await requireChange(c)
  const judged = await judgeForEnrolment(signedIn.here, signedIn.user, await loadProof(signedIn, await readJson(c)))
  if (judged.kind === 'refused') throw refusal(judged.because)
  return c.json(certificateFacts(factsOf(judged)))
}

export async function addCertificate(c: HouseContext): Promise<Response> {
  const signedIn = await requireChange(c)
  const { here, session, user } = signedIn
  const body = await readJson(c)
  const name = nameOf(body)
  const outcome = await enrolCertificate(here, user, await loadProof(signedIn, body), name)
  if (outcome.kind === 'refused') throw refusal(outcome.because)
  await addToSession(here, session, outcome.proven)
  return c.json(shown(outcome.credential), 201)
}

async function requireChange(c: HouseContext): Promise<SignedIn> {
  const signedIn = await requireWriter(c)
  checkSure(signedIn)
  if (!takesCertificates(signedIn.here)) throw nowhere()
  return signedIn
}

async function loadProof({ here, session }: SignedIn, body: JsonObject): Promise<CertificateProof> {
  const proof = await openProof(here, textOf(body, 'proof') ?? '', session.id)
  if (proof?.purpose !== 'account') throw refusal('late')
  return proof
}

function nowhere(): IamError {
  return new IamError('not_found', 'certificates are not taken here')
}

function refusal(because: CertificateProblem): IamError {
  return new IamError('validation_failed', 'the certificate was not added', { fields: { certificate: `certificate_${because}` } })
}
