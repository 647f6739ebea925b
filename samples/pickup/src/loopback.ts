/** Which addresses are this very machine: the only ones that may be spoken to without https. */
export function isLoopback(url: URL): boolean {
  const host = url.hostname
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
}

/** Throws for an issuer that would send secrets in clear over a network. */
export function checkIssuer(issuer: string): URL {
  const url = new URL(issuer)
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))) return url
  throw new Error(`The issuer ${issuer} is neither https nor on this machine.`)
}
