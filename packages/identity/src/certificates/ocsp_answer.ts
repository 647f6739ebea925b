/**
 * A question whether one certificate was revoked, and what is believed of an answer: RFC 6960. It counts where the certificate's own authority signed it, or
 * somebody whom that authority entrusted with it (section 4.2.2.2), where it is about this certificate, and where it is of now.
 */
import { createHash } from 'node:crypto'
import {
  BasicOCSPResponse,
  CertID,
  id_kp_OCSPSigning,
  id_pkix_ocsp_basic,
  id_pkix_ocsp_nonce,
  OCSPRequest,
  OCSPResponse,
  Request,
  type ResponderID,
  type ResponseData,
  type SingleResponse,
  TBSRequest,
} from '@peculiar/asn1-ocsp'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import { AlgorithmIdentifier, Certificate, Extension, KeyUsageFlags } from '@peculiar/asn1-x509'
import { readAs } from '../der.ts'
import { isSameName } from './names.ts'
import { isStrongKey, isStronglySigned } from './path.ts'
import { hexOf, type ReadCertificate, readCertificate } from './read_certificate.ts'
import type { Link } from './said.ts'
import { isSignedBy } from './signed_by.ts'
import { isSignedWith, type SignedText, signedText } from './signed_text.ts'

export type OcspQuestion = { readonly link: Link; readonly id: CertID; readonly nonce: Uint8Array; readonly der: Uint8Array }

/** Milliseconds since the epoch; `until`: 0 where there is always a newer answer. */
type Times = { readonly from: number; readonly until: number }

export type OcspStatus =
  | (Times & { readonly kind: 'good' })
  | (Times & { readonly kind: 'unknown' })
  | (Times & { readonly kind: 'revoked'; readonly since: number; readonly reason: number })

export type OcspAnswer =
  | OcspStatus
  /** It says nothing that counts: why, as the end of a sentence about who gave it. */
  | { readonly kind: 'worthless'; readonly why: string }

/** What it names issuers by (section 4.3); it proves nothing, and is what every responder knows. */
const SHA1 = '1.3.14.3.2.26'
/** A responder's clock may be before ours. */
const AHEAD_MILLISECONDS = 300_000
const MOST_SIGNERS = 4

export function writeQuestion(link: Link, random: Uint8Array): OcspQuestion {
  const { certificate, authority } = link
  const id = new CertID({
    hashAlgorithm: new AlgorithmIdentifier({ algorithm: SHA1, parameters: null }),
    issuerNameHash: new OctetString(sha1(AsnConvert.serialize(certificate.issuer))),
    issuerKeyHash: new OctetString(keyHashOf(authority)),
    serialNumber: bufferOf(Buffer.from(certificate.serial, 'hex')),
  })
  const nonce = new Uint8Array(AsnConvert.serialize(new OctetString(random)))
  const asked = new TBSRequest({
    requestList: [new Request({ reqCert: id })],
    requestExtensions: [new Extension({ extnID: id_pkix_ocsp_nonce, extnValue: new OctetString(nonce) })],
  })
  return { link, id, nonce, der: new Uint8Array(AsnConvert.serialize(new OCSPRequest({ tbsRequest: asked }))) }
}

/** Section 4.2.1. */
const REFUSALS: Readonly<Record<number, string>> = {
  1: 'did not understand the question',
  2: 'is out of order',
  3: 'asks to try again later',
  5: 'answers signed questions only',
  6: 'does not answer us',
}

/** Throws where it is none. */
export function readAnswer(der: Uint8Array, question: OcspQuestion, now: number): OcspAnswer {
  const { responseStatus, responseBytes } = readAs(der, OCSPResponse)
  if (Number(responseStatus) !== 0) return worthless(REFUSALS[responseStatus] ?? 'refused to answer')
  if (responseBytes?.responseType !== id_pkix_ocsp_basic) return worthless('answered in a form that is not known')
  const answer = readAs(responseBytes.response.buffer, BasicOCSPResponse)
  const { tbsResponseData: data } = answer
  const signed = signedText(answer.tbsResponseDataRaw, answer.signatureAlgorithm, answer.signature)
  const fault = findSignerFault(signed, data.responderID, answer.certs ?? [], question.link.authority, now)
  if (fault !== undefined) return worthless(fault)
  const nonce = nonceOf(data)
  if (nonce !== undefined && !Buffer.from(nonce).equals(question.nonce)) return worthless('gave the answer to another question')
  const about = data.responses.filter(({ certID }) => isSameId(certID, question.id))
  // What says twice of one certificate is believed in the worse.
  const said =
    about.find(({ certStatus }) => certStatus.revoked) ?? about.find(({ certStatus }) => certStatus.good === undefined) ?? about[0]
  if (said === undefined) return worthless('spoke of another certificate')
  const extensions = [...(data.responseExtensions ?? []), ...(said.singleExtensions ?? [])]
  if (extensions.some(({ critical, extnID }) => critical && extnID !== id_pkix_ocsp_nonce)) return worthless('said more than is understood')
  const late = findTimeFault(said, nonce !== undefined, now)
  return late === undefined ? statusOf(said) : worthless(late)
}

function statusOf({ certStatus, thisUpdate, nextUpdate }: SingleResponse): OcspStatus {
  const times = { from: thisUpdate.getTime(), until: nextUpdate?.getTime() ?? 0 }
  const { revoked, good } = certStatus
  if (revoked) return { kind: 'revoked', ...times, since: revoked.revocationTime.getTime(), reason: revoked.revocationReason?.reason ?? 0 }
  return { kind: good === undefined ? 'unknown' : 'good', ...times }
}

/** Section 4.2.2.1. Without our nonce, which shows that it was made for us, it must say itself until when it holds. */
function findTimeFault({ thisUpdate, nextUpdate }: SingleResponse, isOurs: boolean, now: number): string | undefined {
  if (thisUpdate.getTime() > now + AHEAD_MILLISECONDS) return 'gave an answer of the future'
  if (nextUpdate === undefined) return isOurs ? undefined : 'gave an answer that may be old'
  return nextUpdate.getTime() < now ? 'gave an answer that is out of date' : undefined
}

/** The authority itself, or a certificate that it gave for this: with the use that says so, by its own hand, and in its time. */
function findSignerFault(
  signed: SignedText,
  id: ResponderID,
  certificates: readonly Certificate[],
  authority: ReadCertificate,
  now: number,
): string | undefined {
  if (isNamed(id, authority) && isSignedWith(signed, authority.publicKey)) return undefined
  const entrusted = certificates
    .slice(0, MOST_SIGNERS)
    .flatMap(readable)
    .filter((certificate) => isNamed(id, certificate) && isSignedWith(signed, certificate.publicKey))
  const faults = entrusted.map((responder) => findResponderFault(responder, authority, now))
  if (faults.includes(undefined)) return undefined
  return faults[0] ?? 'gave an answer that its authority did not sign'
}

/** Among what is sent along may be certificates of kinds that are not known here: those signed nothing that is believed. */
function readable(certificate: Certificate): ReadCertificate[] {
  try {
    return [readCertificate(new Uint8Array(AsnConvert.serialize(certificate)))]
  } catch {
    return []
  }
}

function findResponderFault(responder: ReadCertificate, authority: ReadCertificate, now: number): string | undefined {
  const { extendedKeyUsage, keyUsage, from, until, unknownCritical } = responder
  if (!isSignedBy(responder.x509, authority.x509)) return 'signed by a certificate that its authority did not give'
  if (!extendedKeyUsage?.includes(id_kp_OCSPSigning)) return 'signed by a certificate that is not made for it'
  if (keyUsage !== undefined && (keyUsage & KeyUsageFlags.digitalSignature) === 0) return 'signed by a certificate whose key may not sign'
  if (from > now || now > until) return 'signed by a certificate that is not of now'
  if (!isStrongKey(responder) || !isStronglySigned(responder)) return 'signed by a certificate that is too weak'
  return unknownCritical.length > 0 ? 'signed by a certificate that is not understood' : undefined
}

function isNamed({ byName, byKey }: ResponderID, certificate: ReadCertificate): boolean {
  if (byName !== undefined) return isSameName(byName, certificate.subject)
  return byKey !== undefined && Buffer.from(byKey.buffer).equals(keyHashOf(certificate))
}

function isSameId(a: CertID, b: CertID): boolean {
  return (
    a.hashAlgorithm.algorithm === b.hashAlgorithm.algorithm &&
    hexOf(a.serialNumber) === hexOf(b.serialNumber) &&
    hexOf(a.issuerNameHash.buffer) === hexOf(b.issuerNameHash.buffer) &&
    hexOf(a.issuerKeyHash.buffer) === hexOf(b.issuerKeyHash.buffer)
  )
}

function nonceOf({ responseExtensions = [] }: ResponseData): ArrayBuffer | undefined {
  return responseExtensions.find(({ extnID }) => extnID === id_pkix_ocsp_nonce)?.extnValue.buffer
}

/** Of the bits of the key, without what says of which kind it is. */
function keyHashOf({ x509 }: ReadCertificate): Buffer {
  return sha1(readAs(x509.raw, Certificate).tbsCertificate.subjectPublicKeyInfo.subjectPublicKey)
}

function sha1(bytes: ArrayBuffer): Buffer {
  return createHash('sha1').update(new Uint8Array(bytes)).digest()
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer
}

function worthless(why: string): OcspAnswer {
  return { kind: 'worthless', why }
}
