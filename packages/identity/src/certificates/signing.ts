/** By which algorithm something was signed: what is taken of lists, answers and certificates. SHA-1 and MD5 are broken for this. */
import type { AlgorithmIdentifier } from '@peculiar/asn1-x509'
import { type AsnType, ObjectIdentifier, Sequence } from 'asn1js'
import { itemsOf, numberOf, readDer, taggedOf } from '../der.ts'

export type Signing = {
  /** Of `node:crypto`; null where the algorithm has a digest of its own. */
  readonly digest: string | null
  /** Bytes of salt, of RSASSA-PSS (RFC 4055 section 3.1); undefined: another scheme. */
  readonly saltLength?: number
}

/** SHA-2 with RSA (PKCS #1) and ECDSA; Ed25519 and Ed448. */
const SIGNINGS: Readonly<Record<string, Signing>> = {
  '1.2.840.113549.1.1.11': { digest: 'sha256' },
  '1.2.840.113549.1.1.12': { digest: 'sha384' },
  '1.2.840.113549.1.1.13': { digest: 'sha512' },
  '1.2.840.10045.4.3.2': { digest: 'sha256' },
  '1.2.840.10045.4.3.3': { digest: 'sha384' },
  '1.2.840.10045.4.3.4': { digest: 'sha512' },
  '1.3.101.112': { digest: null },
  '1.3.101.113': { digest: null },
}
const PSS = '1.2.840.113549.1.1.10'
const MASK = '1.2.840.113549.1.1.8'
const DIGESTS: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}
/** As much as fits into the largest key by the longest digest, and more than anybody takes. */
const MOST_SALT = 512

/** Undefined: it is not taken. Throws where what is said of it cannot be read. */
export function findSigning({ algorithm, parameters }: AlgorithmIdentifier): Signing | undefined {
  return algorithm === PSS ? findPss(parameters) : SIGNINGS[algorithm]
}

/** What is left out of the parameters is SHA-1, so digest and mask must be said; they are to be one (section 3.1). */
function findPss(parameters: AlgorithmIdentifier['parameters']): Signing | undefined {
  if (!parameters) return undefined
  const said = itemsOf(readDer(parameters), Sequence)
  const digest = digestIn(taggedOf(said, 0))
  const [mask, maskDigest] = listIn(taggedOf(said, 1))
  const [salt, trailer] = [taggedOf(said, 2), taggedOf(said, 3)]
  const saltLength = salt === undefined ? 20 : numberOf(salt)
  if (digest === undefined || idOf(mask) !== MASK || digestIn(maskDigest) !== digest) return undefined
  if (saltLength < 0 || saltLength > MOST_SALT || (trailer !== undefined && numberOf(trailer) !== 1)) return undefined
  return { digest, saltLength }
}

function digestIn(element: AsnType | undefined): string | undefined {
  return DIGESTS[idOf(listIn(element)[0]) ?? '']
}

function listIn(element: AsnType | undefined): AsnType[] {
  return element === undefined ? [] : itemsOf(element, Sequence)
}

function idOf(element: AsnType | undefined): string | undefined {
  return element instanceof ObjectIdentifier ? element.getValue() : undefined
}
