/** Which names an authority may vouch for: RFC 5280 section 4.2.1.10. A kind of name that is constrained, and not understood here, is refused where it occurs. */
import type { GeneralName, Name } from '@peculiar/asn1-x509'
import { comparableParts, isSameName, subjectEmails } from './names.ts'
import type { ReadCertificate } from './read_certificate.ts'

type Kind = keyof GeneralName

/** Does the name lie within the constraint? A kind without a row is not understood. */
const WITHIN: { readonly [K in Kind]?: (name: GeneralName, base: GeneralName) => boolean } = {
  directoryName: ({ directoryName: name }, { directoryName: base }) => name !== undefined && base !== undefined && isBelowName(name, base),
  rfc822Name: ({ rfc822Name: name = '' }, { rfc822Name: base = '' }) => isMailboxWithin(name, base),
  dNSName: ({ dNSName: name = '' }, { dNSName: base = '' }) => isHostWithin(name, base.replace(/^\./, '')),
}

/** `below`: the chain under this authority, the person's own first. */
export function mayName({ nameConstraints }: ReadCertificate, below: readonly ReadCertificate[]): boolean {
  if (nameConstraints === undefined) return true
  const permitted = [...(nameConstraints.permittedSubtrees ?? [])].map(({ base }) => base)
  const excluded = [...(nameConstraints.excludedSubtrees ?? [])].map(({ base }) => base)
  const isAllowed = (name: GeneralName): boolean => {
    const kind = kindOf(name)
    if (kind === undefined) return false
    const [may, mayNot] = [permitted, excluded].map((bases) => bases.filter((base) => kindOf(base) === kind))
    if (!may?.length && !mayNot?.length) return true
    const within = (base: GeneralName) => WITHIN[kind]?.(name, base)
    // What is not understood lies outside of what is permitted, and within what is excluded.
    return (!may?.length || may.some((base) => within(base) === true)) && !mayNot?.some((base) => within(base) !== false)
  }
  // Section 6.1.3: an authority that renewed its own certificate is not constrained by it; the person's own always is.
  const constrained = below.filter((one, index) => index === 0 || !isSameName(one.subject, one.issuer))
  return constrained.every((one) => namesOf(one).every(isAllowed))
}

function namesOf(certificate: ReadCertificate): GeneralName[] {
  const { subject, alternativeNames } = certificate
  const own = subject.length === 0 ? [] : [{ directoryName: subject } as GeneralName]
  return [...own, ...subjectEmails(certificate).map((rfc822Name) => ({ rfc822Name }) as GeneralName), ...alternativeNames]
}

function kindOf(name: GeneralName): Kind | undefined {
  const [kind] = Object.entries(name).find(([, value]) => value !== undefined) ?? []
  return kind as Kind | undefined
}

function isBelowName(name: Name, base: Name): boolean {
  const parts = comparableParts(name)
  return comparableParts(base).every((part, index) => part === parts[index])
}

/** A mailbox, all mailboxes at a host, or, with a dot before it, at all hosts below it; with nothing in it, all there are. */
function isMailboxWithin(mailbox: string, base: string): boolean {
  if (base === '') return true
  const [given, limit] = [lowerHost(mailbox), lowerHost(base)]
  if (limit.includes('@')) return given === limit
  const host = given.slice(given.lastIndexOf('@') + 1)
  return limit.startsWith('.') ? host.endsWith(limit) : host === limit
}

/** Only of the host it is known that its case does not count. */
function lowerHost(mailbox: string): string {
  const at = mailbox.lastIndexOf('@') + 1
  return mailbox.slice(0, at) + mailbox.slice(at).toLowerCase()
}

/** The host itself, or one below it. */
function isHostWithin(host: string, base: string): boolean {
  const [given, limit] = [host.toLowerCase(), base.toLowerCase()]
  return limit === '' || given === limit || given.endsWith(`.${limit}`)
}
