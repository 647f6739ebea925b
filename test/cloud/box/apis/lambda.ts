/** Lambda's Invoke, for the principals that may call a function directly: the state machine, an operator. */

import { type Api, AwsError, textOf } from '../aws/api.ts'
import { restJsonProtocol } from '../aws/protocols.ts'
import type { Functions } from '../functions/functions.ts'

export function lambdaApi(functions: Functions): Api {
  const arnOf = (name: string): string => {
    // Lambda takes the name that the deployment gave, or the arn.
    const found = functions.find(name) ?? functions.all.find(({ arn }) => arn.endsWith(`:function:${name}`))
    if (!found) throw new AwsError('ResourceNotFoundException', `Function not found: ${name}`, 404)
    return found.arn
  }
  return {
    prefix: 'lambda',
    protocol: restJsonProtocol([
      { method: 'POST', path: /^\/2015-03-31\/functions\/(?<FunctionName>[^/]+)\/invocations$/, operation: 'Invoke' },
    ]),
    denial: { code: 'AccessDeniedException', status: 403 },
    operations: {
      Invoke: {
        needs: ({ input }) => [{ action: 'lambda:InvokeFunction', resource: arnOf(textOf(input, 'FunctionName')) }],
        run: async ({ input, request }) => {
          const arn = arnOf(textOf(input, 'FunctionName'))
          const event: unknown = request.body.length === 0 ? {} : JSON.parse(request.body.toString())
          if (request.headers['x-amz-invocation-type'] === 'Event') {
            void functions.invoke(arn, event)
            return { status: 202, headers: {}, body: '' }
          }
          const outcome = await functions.invoke(arn, event, request.headers['x-amzn-trace-id'])
          const headers = {
            'content-type': 'application/json',
            'x-amz-executed-version': '$LATEST',
            ...(outcome.error ? { 'x-amz-function-error': 'Unhandled' } : {}),
          }
          return { status: 200, headers, body: JSON.stringify(outcome.error ?? outcome.result ?? null) }
        },
      },
    },
  }
}
