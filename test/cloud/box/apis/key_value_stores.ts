/** CloudFront's key-value stores: what its functions read at the edge. Each write names the state that it saw; who comes second is told so. */
import { type Api, AwsError, type Call, type Input, textOf } from '../aws/api.ts'
import { restJsonProtocol } from '../aws/protocols.ts'
import type { AwsResponse } from '../aws/request.ts'
import type { Need } from '../iam/authority.ts'

/** By the store's ARN. */
export type KeyValueStores = ReadonlyMap<string, Map<string, string>>

export function keyValueStoresApi(stores: KeyValueStores): Api {
  const states = new Map<string, number>()
  const needs =
    (action: string) =>
    ({ input }: Call): Need[] => [{ action: `cloudfront-keyvaluestore:${action}`, resource: textOf(input, 'KvsARN') }]
  const load = (input: Input): Map<string, string> => {
    const found = stores.get(textOf(input, 'KvsARN'))
    if (!found) throw new AwsError('ResourceNotFoundException', 'there is no such store', 404)
    return found
  }
  const etagOf = (input: Input) => `KV${states.get(textOf(input, 'KvsARN')) ?? 0}`
  const write = ({ input, request }: Call, change: (store: Map<string, string>) => void): AwsResponse => {
    const store = load(input)
    if (request.headers['if-match'] !== etagOf(input)) throw new AwsError('ConflictException', 'the store has changed since', 409)
    change(store)
    const arn = textOf(input, 'KvsARN')
    states.set(arn, (states.get(arn) ?? 0) + 1)
    return json({ ItemCount: store.size }, etagOf(input))
  }
  return {
    prefix: 'cloudfront-keyvaluestore',
    protocol: restJsonProtocol([
      { method: 'GET', path: /^\/key-value-stores\/(?<KvsARN>[^/]+)$/, operation: 'DescribeKeyValueStore' },
      { method: 'GET', path: /^\/key-value-stores\/(?<KvsARN>[^/]+)\/keys\/(?<Key>[^/]+)$/, operation: 'GetKey' },
      { method: 'PUT', path: /^\/key-value-stores\/(?<KvsARN>[^/]+)\/keys\/(?<Key>[^/]+)$/, operation: 'PutKey' },
      { method: 'DELETE', path: /^\/key-value-stores\/(?<KvsARN>[^/]+)\/keys\/(?<Key>[^/]+)$/, operation: 'DeleteKey' },
    ]),
    denial: { code: 'AccessDeniedException', status: 403 },
    operations: {
      DescribeKeyValueStore: {
        needs: needs('DescribeKeyValueStore'),
        run: ({ input }) => json({ KvsARN: input.KvsARN, ItemCount: load(input).size, Status: 'READY' }, etagOf(input)),
      },
      GetKey: {
        needs: needs('GetKey'),
        run: ({ input }) => {
          const [Key, store] = [textOf(input, 'Key'), load(input)]
          const Value = store.get(Key)
          if (Value === undefined) throw new AwsError('ResourceNotFoundException', 'there is no such key', 404)
          return { Key, Value, ItemCount: store.size }
        },
      },
      PutKey: {
        needs: needs('PutKey'),
        run: (call) => write(call, (store) => store.set(textOf(call.input, 'Key'), textOf(call.input, 'Value'))),
      },
      DeleteKey: { needs: needs('DeleteKey'), run: (call) => write(call, (store) => store.delete(textOf(call.input, 'Key'))) },
    },
  }
}

function json(body: Input, etag: string): AwsResponse {
  return { status: 200, headers: { 'content-type': 'application/json', etag }, body: JSON.stringify(body) }
}
