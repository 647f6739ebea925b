/** Base64 (RFC 4648 section 4) as hashes are written in: with padding or without, and passlib's kind with `.` for `+`. */

/** Undefined where the text is none. */
export function bytesOf(text: string): Uint8Array | undefined {
  const plain = text.replace(/=+$/, '')
  if (!/^[A-Za-z0-9+/]*$/.test(plain) || plain.length % 4 === 1) return undefined
  return Uint8Array.from(atob(plain), (character) => character.charCodeAt(0))
}

/** Without padding. */
export function base64Of(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/=+$/, '')
}

/** In one form, whichever it came in; undefined where it is none. */
export function plainBase64(text: string): string | undefined {
  const bytes = bytesOf(text.replaceAll('.', '+'))
  return bytes && base64Of(bytes)
}

export function bytesOfHex(text: string): Uint8Array | undefined {
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(text)) return undefined
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

export function base64OfText(text: string): string {
  return base64Of(new TextEncoder().encode(text))
}
