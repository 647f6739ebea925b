/** Asks a house's published address as a stranger would, and looks at the certificate that it shows. */
import { request as requestPlainly } from 'node:http'
import { request as requestSecurely } from 'node:https'
import { TLSSocket } from 'node:tls'

export type SignInSeen = {
  readonly problem: string | undefined /** Milliseconds since the epoch. */
  readonly certificateEnds: number | undefined
}

const PATIENCE_MILLISECONDS = 10_000
const LONGEST_ANSWER = 65_536

export async function askSignIn(issuer: string): Promise<SignInSeen> {
  const address = `${issuer}/.well-known/openid-configuration`
  return ask(address).then(
    ({ status, text, certificateEnds }) => ({ problem: problemOf(issuer, status, text), certificateEnds }),
    (error: NodeJS.ErrnoException) => ({ problem: `${address}: ${error.code ?? error.message}`, certificateEnds: undefined }),
  )
}

function problemOf(issuer: string, status: number, text: string): string | undefined {
  if (status !== 200) return `${issuer} answers ${status}`
  try {
    const answered: unknown = JSON.parse(text)
    if (answered !== null && typeof answered === 'object' && 'issuer' in answered && answered.issuer === issuer) return undefined
  } catch {
    // told below, as any other answer of something else
  }
  return `${issuer} answers as something else, not as this issuer`
}

function ask(address: string): Promise<{ status: number; text: string; certificateEnds: number | undefined }> {
  return new Promise((resolve, reject) => {
    // Plain http is a box on this machine; no stage of AWS has it.
    const request = address.startsWith('https:') ? requestSecurely : requestPlainly
    const asked = request(address, { timeout: PATIENCE_MILLISECONDS }, (response) => {
      const { socket } = response
      const certificateEnds = socket instanceof TLSSocket ? endOf(socket) : undefined
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
        if (text.length > LONGEST_ANSWER) response.destroy(new Error('the answer does not end'))
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text, certificateEnds }))
      response.on('error', reject)
    })
    asked.on('timeout', () => asked.destroy(new Error(`no answer within ${PATIENCE_MILLISECONDS / 1000} s`)))
    asked.on('error', reject)
    asked.end()
  })
}

function endOf(socket: TLSSocket): number | undefined {
  const ends = Date.parse(socket.getPeerCertificate().valid_to)
  return Number.isNaN(ends) ? undefined : ends
}
