/** DynamoDB Local, as one box sees it: it keeps the tables of each access key apart, so that several boxes may share one Java. */
import { randomBytes } from 'node:crypto'

export type EmulatorAnswer = { readonly ok: boolean; readonly status: number; readonly body: Record<string, unknown> }
export type Emulator = {
  /** `target` as in `x-amz-target`; the body goes there as it is. */
  ask(target: string, body: Buffer | string): Promise<EmulatorAnswer>
}

export function openEmulator(endpoint: string): Emulator {
  const authorization = `AWS4-HMAC-SHA256 Credential=box${randomBytes(8).toString('hex')}/20260101/eu-central-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0`
  return {
    async ask(target, body) {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target, authorization },
        body: typeof body === 'string' ? body : new Uint8Array(body),
      })
      return { ok: response.ok, status: response.status, body: (await response.json()) as Record<string, unknown> }
    },
  }
}
