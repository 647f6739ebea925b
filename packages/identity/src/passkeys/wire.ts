/** What a browser answers, parsed once: WebAuthn Level 3 sections 5.1.8 (registration) and 5.1.9 (authentication), and the client data of section 5.8.1. */

export type AssertionResponse = {
  readonly id: string
  readonly clientDataJSON: string
  readonly authenticatorData: string
  readonly signature: string
  readonly userHandle: string | undefined
}

export type AttestationResponse = {
  readonly id: string
  readonly clientDataJSON: string
  readonly attestationObject: string
  readonly transports: readonly string[]
}

export type ClientData = { readonly type: string; readonly challenge: string; readonly origin: string; readonly crossOrigin: boolean }

const BASE64URL = /^[A-Za-z0-9_-]+$/
/** Section 7.1 step 25: at most 1,023 bytes. */
const LONGEST_ID = Math.ceil((1023 * 4) / 3)
const TRANSPORT = /^[a-z][a-z-]{0,30}$/
const MOST_TRANSPORTS = 10

/** Undefined for anything that no browser sends. */
export function parseAssertion(text: string): AssertionResponse | undefined {
  const parsed = parseResponse(text)
  if (parsed === undefined) return undefined
  const { id, response } = parsed
  const { clientDataJSON, authenticatorData, signature, userHandle } = response
  if (!isBytes(clientDataJSON) || !isBytes(authenticatorData) || !isBytes(signature)) return undefined
  if (userHandle !== undefined && userHandle !== null && userHandle !== '' && !isBytes(userHandle)) return undefined
  return { id, clientDataJSON, authenticatorData, signature, userHandle: userHandle || undefined }
}

export function parseAttestation(text: string): AttestationResponse | undefined {
  const parsed = parseResponse(text)
  if (parsed === undefined) return undefined
  const { id, response } = parsed
  const { clientDataJSON, attestationObject, transports } = response
  if (!isBytes(clientDataJSON) || !isBytes(attestationObject)) return undefined
  const named = Array.isArray(transports) ? transports.filter((one) => typeof one === 'string' && TRANSPORT.test(one)) : []
  return { id, clientDataJSON, attestationObject, transports: [...new Set(named)].slice(0, MOST_TRANSPORTS) }
}

export function parseClientData(clientDataJSON: string): ClientData | undefined {
  const data = parseObject(Buffer.from(clientDataJSON, 'base64url').toString('utf8'))
  if (data === undefined) return undefined
  const { type, challenge, origin, crossOrigin } = data
  if (typeof type !== 'string' || typeof challenge !== 'string' || typeof origin !== 'string') return undefined
  return { type, challenge, origin, crossOrigin: crossOrigin === true || data.topOrigin !== undefined }
}

function parseResponse(text: string): { readonly id: string; readonly response: Readonly<Record<string, unknown>> } | undefined {
  const { id, response, type } = parseObject(text) ?? {}
  if (!isBytes(id) || id.length > LONGEST_ID || type !== 'public-key' || !isObject(response)) return undefined
  return { id, response }
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    // no JSON: as good as nothing
    return undefined
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isBytes(value: unknown): value is string {
  return typeof value === 'string' && BASE64URL.test(value)
}
