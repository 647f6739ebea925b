/** A mailbox's domain may be written in two ways: in its own letters, and in those of the domain name system (RFC 5890 section 2.3.2.1). */

/** With the domain as the domain name system has it; as it came where it has no such spelling. */
export function asciiDomainOf(address: string): string {
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1)
  // With nothing beside it that a parser of addresses would take for a port, a path or a query.
  if (at < 0 || !/[^ -~]/.test(domain) || /[:/?#[\]%\\]/.test(domain) || !URL.canParse(`https://${domain}`)) return address
  return `${address.slice(0, at + 1)}${new URL(`https://${domain}`).hostname}`
}
