/** Which client certificates a tenant takes, and whom one names: RFC 5280, and RFC 8705 section 2 for people instead of applications. */

/** By what a certificate names a person. `enrolled`: they added it in My Account; the others are read from it, and are worth something only where an authority vouches for it. */
export const CERTIFICATE_NAMES = ['enrolled', 'subject_cn', 'email', 'upn'] as const
export type CertificateName = (typeof CERTIFICATE_NAMES)[number]

/** `crl`: lists of what was revoked (RFC 5280 section 5); `ocsp`: who answers for one certificate (RFC 6960). With both, lists speak where no answer counts. */
export const REVOCATION_ASKED = ['crl', 'ocsp', 'ocsp_then_crl'] as const
export type RevocationAsked = (typeof REVOCATION_ASKED)[number]

export type CertificateRevocation = {
  /** Absent: `crl`. */
  readonly ask?: RevocationAsked
  /** Addresses of lists, or the lists themselves in PEM. None: those that a certificate names (RFC 5280 section 4.2.1.13). */
  readonly lists: readonly string[]
  /** Addresses of responders. None: those that a certificate names (RFC 5280 section 4.2.2.1). */
  readonly responders?: readonly string[]
  /** What becomes of a certificate of which nobody says anything that counts now. */
  readonly ifUnavailable: 'refuse' | 'accept'
}

export type CertificatePolicy = {
  /** Certificates of authorities in PEM: roots, and those between them and people. One whose issuer is not among them is trusted by itself. */
  readonly authorities: readonly string[]
  /** Tried in this order; the first that names somebody counts. */
  readonly names: readonly CertificateName[]
  /** People may add certificates that nobody vouches for. */
  readonly selfSigned: boolean
  /** The keys of the authorities' certificates lie on cards that ask for a PIN: one shows having and knowing. */
  readonly smartCards: boolean
  /** Absent: nobody asks whether a certificate was revoked. */
  readonly revocation?: CertificateRevocation
}

export const DEFAULT_CERTIFICATES: CertificatePolicy = { authorities: [], names: ['enrolled'], selfSigned: false, smartCards: false }

/** The item of the tenant holds them all, and is read by every function. */
export const MOST_AUTHORITIES = 12
export const LONGEST_CERTIFICATE = 8_000
export const MOST_REVOCATION_LISTS = 12
export const LONGEST_REVOCATION_LIST = 16_000
export const MOST_RESPONDERS = 2
export const LONGEST_RESPONDER = 300

/** What is wrong with a policy whose parts are well formed: where, and a sentence. */
export type CertificatePolicyProblem = { readonly path: readonly (string | number)[]; readonly message: string }

export function findCertificatePolicyProblems({
  authorities,
  names,
  selfSigned,
  smartCards,
  revocation,
}: CertificatePolicy): CertificatePolicyProblem[] {
  const vouched = authorities.length > 0
  const read = names.find((name) => name !== 'enrolled')
  const problems: readonly (CertificatePolicyProblem | false)[] = [
    !vouched && !selfSigned && { path: ['authorities'], message: 'without an authority, and without selfSigned, no certificate is taken' },
    !vouched &&
      read !== undefined && {
        path: ['names'],
        message: `anybody can write ${read} into a certificate: it takes an authority that vouches for it`,
      },
    !vouched && smartCards && { path: ['smartCards'], message: 'it takes an authority to know what is on a card' },
    !vouched && revocation !== undefined && { path: ['revocation'], message: 'what was revoked is said by an authority' },
    revocation !== undefined &&
      revocation.ask === 'ocsp' &&
      revocation.lists.length > 0 && {
        path: ['revocation', 'lists'],
        message: 'no list is read where ask is ocsp: ocsp_then_crl does both',
      },
    revocation !== undefined &&
      (revocation.ask ?? 'crl') === 'crl' &&
      (revocation.responders ?? []).length > 0 && { path: ['revocation', 'responders'], message: 'no responder is asked where ask is crl' },
    selfSigned &&
      !names.includes('enrolled') && {
        path: ['selfSigned'],
        message: 'a certificate that nobody vouches for names its owner as enrolled only',
      },
  ]
  return problems.filter((problem) => problem !== false)
}

/** Why a certificate is not taken. All but `unknown` may be told: it is a fact of the certificate, whose key its holder has proven. */
export type CertificateProblem =
  /** The browser showed none. */
  | 'none'
  /** It was shown too long ago, or for something else. */
  | 'late'
  /** No certificate, or none that can be understood whole. */
  | 'unreadable'
  | 'too_large'
  /** No authority of this tenant vouches for it. */
  | 'untrusted'
  | 'expired'
  | 'not_yet_valid'
  /** It is for something else than signing in. */
  | 'wrong_use'
  /** Its key, or a signature in its chain, is too weak. */
  | 'weak'
  | 'revoked'
  /** Whether it was revoked cannot be known at the moment. */
  | 'unchecked'
  /** It is in order, and names nobody here. */
  | 'unknown'
