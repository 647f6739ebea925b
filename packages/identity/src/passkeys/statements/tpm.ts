/** The format `tpm`: WebAuthn Level 3 section 8.3, its certificates section 8.3.1. */
import { createHash } from 'node:crypto'
import { id_ce_subjectAltName, SubjectAlternativeName } from '@peculiar/asn1-x509'
import { readAs } from '../../der.ts'
import { type Attributes, attributesOf, checkIsNoAuthority, checkModel, type Parts, partsOf } from './certificate.ts'
import { checkSignature, hashOf } from './cose.ts'
import { algorithmOf, bytesOf, leafOf, type Statement, signedData } from './statement.ts'
import { parseCertInfo, parsePubArea } from './tpm_structures.ts'

/** 2.23.133.8.3, `tcg-kp-AIKCertificate`. */
const AIK_CERTIFICATE = '2.23.133.8.3'
/** TCG EK Credential Profile section 3.2.9. */
const MANUFACTURER = '2.23.133.2.1'
const MODEL = '2.23.133.2.2'
const VERSION = '2.23.133.2.3'
/** A vendor's id of four bytes; whether the TCG gave it to somebody is for who signs the certificate to know. */
const HEXADECIMAL = /^id:[0-9A-Fa-f]+$/
const VENDOR = /^id:[0-9A-Fa-f]{8}$/

export function checkTpm(statement: Statement): void {
  if (statement.entries.get('ver') !== '2.0') throw new Error('another version of TPM')
  const [alg, pubArea, certInfo] = [algorithmOf(statement), bytesOf(statement, 'pubArea'), bytesOf(statement, 'certInfo')]
  const area = parsePubArea(pubArea)
  if (!area.key.equals(statement.credential.key)) throw new Error('the public area is of another key')

  const leaf = leafOf(statement)
  const parts = partsOf(leaf)
  checkIsNoAuthority(leaf)
  checkNames(parts)
  if (!leaf.keyUsage?.includes(AIK_CERTIFICATE)) throw new Error('a certificate for something else')
  checkModel(parts, statement.aaguid)
  checkSignature(alg, leaf.publicKey, certInfo, bytesOf(statement, 'sig'))

  const certified = parseCertInfo(certInfo)
  if (!certified.extraData.equals(createHash(hashOf(alg)).update(signedData(statement)).digest()))
    throw new Error('certified for another registration')
  if (!certified.name.equals(area.name)) throw new Error('certified is another key')
}

/** An empty subject, and the TPM's maker, model and version as alternative name. */
function checkNames({ subject, extensions }: Parts): void {
  if (subject.size > 0) throw new Error('a certificate with a subject')
  const alternative = extensions.get(id_ce_subjectAltName)
  if (alternative === undefined) throw new Error('a certificate without alternative name')
  const directory = readAs(alternative, SubjectAlternativeName).find(({ directoryName }) => directoryName !== undefined)
  const names: Attributes = directory?.directoryName ? attributesOf(directory.directoryName) : new Map()
  if (!VENDOR.test(names.get(MANUFACTURER) ?? '') || !names.get(MODEL) || !HEXADECIMAL.test(names.get(VERSION) ?? ''))
    throw new Error('a certificate that names no TPM')
}
