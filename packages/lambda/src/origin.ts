/** An origin as RFC 6454 section 6.2 writes it, of https only: no path, no user, nothing that a URL would change. */
export function isOrigin(text: string): boolean {
  return /^https:\/\/[a-z0-9.-]+(:\d{1,5})?$/.test(text) && URL.canParse(text) && new URL(text).origin === text
}
