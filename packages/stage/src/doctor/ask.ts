/** Asks a published address as a stranger would, and looks at the certificate that it shows. */
import { request as requestPlainly } from 'node:http'
import { request as requestSecurely } from 'node:https'
import { TLSSocket } from 'node:tls'
import type { Finding } from './check.ts'

type Answered = {
  readonly status: number
  readonly text: string
  /** Milliseconds since the epoch; undefined: plain http. */
  readonly certificateEnds: number | undefined
}

export const CERTIFICATE_DAYS = 14
const DAY = 86_400_000
const PATIENCE_MILLISECONDS = 10_000
const LONGEST_ANSWER = 65_536

/** `problemOf`: what is wrong with the answer, if anything is; `where`: what is at the address. */
export async function lookAt(
  address: string,
  where: string,
  problemOf: (status: number, text: string) => string | undefined,
): Promise<Finding> {
  const answered = await ask(address).catch((error: NodeJS.ErrnoException) => error)
  if (answered instanceof Error) return { state: 'bad', found: `${address}: ${answered.code ?? answered.message}` }
  const { status, text, certificateEnds } = answered
  const problem = problemOf(status, text)
  if (problem !== undefined) return { state: 'bad', found: `${where} ${problem}` }
  if (certificateEnds === undefined) return { state: 'look', found: `${where}, without https` }
  const days = Math.floor((certificateEnds - Date.now()) / DAY)
  return { state: days >= CERTIFICATE_DAYS ? 'good' : 'bad', found: `${where}, certificate for ${days} days more` }
}

function ask(address: string): Promise<Answered> {
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
