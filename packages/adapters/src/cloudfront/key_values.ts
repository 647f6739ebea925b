/** A key-value store of CloudFront, as its function reads it. Each write names the state that it saw; whoever comes second reads again. */
import type { AwsAccess } from '../aws/aws_access.ts'
import { endpointOf } from '../aws/aws_access.ts'
import { isAwsError } from '../aws/aws_error.ts'
import { openAwsCaller } from '../aws/open_aws_caller.ts'
import { signV4a } from '../aws/sign_v4a.ts'

export type KeyValues = {
  put(key: string, value: string): Promise<void>
  /** Removes the key, unless it has another value than this: then false. */
  removeIf(key: string, value: string): Promise<boolean>
}

const TRIES = 5

/** `arn:aws:cloudfront::{account}:key-value-store/{id}`. */
export function openKeyValues(access: AwsAccess, arn: string): KeyValues {
  const own = access.endpoints?.CLOUDFRONT_KEYVALUESTORE
  const general = endpointOf(access, 'CLOUDFRONT_KEYVALUESTORE')
  const call = openAwsCaller({
    access,
    service: 'CLOUDFRONT_KEYVALUESTORE',
    endpoint: own === undefined ? new URL(`https://${arn.split(':')[4]}.${general.host}`) : general,
    sign: (by, unsigned) => signV4a(by, { ...unsigned, now: Date.now() }),
  })
  const store = `/key-value-stores/${encodeURIComponent(arn)}`
  const pathOf = (key: string) => `${store}/keys/${encodeURIComponent(key)}`

  const state = async (): Promise<string> => String((await call({ method: 'GET', path: store })).headers.etag ?? '')
  const find = async (key: string): Promise<string | undefined> => {
    try {
      const { text } = await call({ method: 'GET', path: pathOf(key) })
      return (JSON.parse(text) as { Value?: string }).Value
    } catch (error) {
      if (isAwsError(error, 'ResourceNotFoundException')) return undefined
      throw error
    }
  }
  /** `write` is given the state that it may change. */
  const changing = async <T>(write: (etag: string) => Promise<T>): Promise<T> => {
    for (let tries = 1; ; tries++) {
      const etag = await state()
      try {
        return await write(etag)
      } catch (error) {
        if (!isAwsError(error, 'ConflictException') || tries === TRIES) throw error
      }
    }
  }
  return {
    put: (key, value) =>
      changing(async (etag) => {
        if ((await find(key)) === value) return
        const headers = { 'content-type': 'application/json', 'if-match': etag }
        await call({ method: 'PUT', path: pathOf(key), headers, body: JSON.stringify({ Value: value }) })
      }),
    removeIf: (key, value) =>
      changing(async (etag) => {
        const found = await find(key)
        if (found === value) await call({ method: 'DELETE', path: pathOf(key), headers: { 'if-match': etag } })
        return found === value || found === undefined
      }),
  }
}
