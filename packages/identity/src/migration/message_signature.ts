/**
 * HTTP Message Signatures (RFC 9421) with a shared secret (section 3.3.3, `hmac-sha256`) over the components that are given, and the digest of a body (RFC 9530).
 */
import { createHash, createHmac } from 'node:crypto'

/** Section 2.3; in this order. Texts are printable ASCII without quotes and backslashes. */
export type SignatureParameters = readonly (readonly [
  name: 'created' | 'expires' | 'nonce' | 'keyid' | 'alg' | 'tag',
  value: string | number,
])[]
/** Component identifier (section 2) -> its value; in the order in which they are covered. */
export type Components = readonly (readonly [name: string, value: string])[]

export type Signed = { readonly 'signature-input': string; readonly signature: string }

export function signMessage(label: string, components: Components, parameters: SignatureParameters, secret: Uint8Array): Signed {
  const covered = components.map(([name]) => `"${name}"`).join(' ')
  const said = parameters.map(([name, value]) => `;${name}=${typeof value === 'number' ? value : `"${value}"`}`).join('')
  const input = `(${covered})${said}`
  // Section 2.5.
  const base = [...components.map(([name, value]) => `"${name}": ${value}`), `"@signature-params": ${input}`].join('\n')
  const signature = createHmac('sha256', secret).update(base).digest('base64')
  return { 'signature-input': `${label}=${input}`, signature: `${label}=:${signature}:` }
}

/** RFC 9530 section 2. */
export function contentDigest(body: string): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`
}
