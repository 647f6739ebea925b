/** A posted form, small and of the one kind that our pages post. */
import { IamError } from '@gatehouse/core/error.ts'
import type { HouseContext } from './house.ts'

const LARGEST_BYTES = 32 * 1024

export async function readForm(c: HouseContext): Promise<URLSearchParams> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded')
    throw new IamError('unsupported_media_type', 'a form is posted as application/x-www-form-urlencoded')
  const length = c.req.header('content-length')
  if (Number(length ?? 0) > LARGEST_BYTES) throw new IamError('too_large', `a form has at most ${LARGEST_BYTES} bytes`)
  // Where a length was announced, the server sees that it is kept: the quick way, which the token endpoint lives by.
  return new URLSearchParams(length === undefined ? await readText(c.req.raw) : await c.req.text())
}

/** Stops reading where a body without a length grows too large. */
async function readText(request: Request): Promise<string> {
  const reader = request.body?.getReader()
  if (reader === undefined) return ''
  const decoder = new TextDecoder()
  let [text, bytes] = ['', 0]
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    bytes += value.byteLength
    if (bytes > LARGEST_BYTES) {
      await reader.cancel()
      throw new IamError('too_large', `a form has at most ${LARGEST_BYTES} bytes`)
    }
    text += decoder.decode(value, { stream: true })
  }
}
