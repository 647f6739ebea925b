/** What the sst program asks of the sst command line while it runs (`src/components/rpc`), answered on this machine. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

type Arguments = { readonly handler?: string; readonly bundle?: string }

/** Method -> its answer. The functions are built before; a function that hands over no bundle would be built by sst, and the plan not know it. */
const METHODS: Readonly<Record<string, (given: Arguments) => unknown>> = {
  'Runtime.Build': ({ handler, bundle }) => {
    if (!bundle) throw new Error(`the function ${handler} hands over no bundle`)
    return { handler, out: bundle, errors: [], sourcemaps: [] }
  },
  'Runtime.AddTarget': () => ({}),
  'Provider.Aws.Bootstrap': () => ({ asset: 'sst-asset-planned', state: 'sst-state-planned' }),
  'Provider.Aws.Appsync': () => ({ http: 'appsync.invalid', realtime: 'appsync.invalid' }),
}

/** Gives the address for `SST_SERVER`. The server ends with the process and does not keep it. */
export function serveRpc(): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { method, params } = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    // a connection that is kept would keep the process, four seconds long
    response.setHeader('connection', 'close').end(JSON.stringify(answer(method, params[0])))
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      resolve(`http://127.0.0.1:${port}`)
    })
    server.unref()
  })
}

function answer(method: string, given: Arguments): { result?: unknown; error?: string } {
  const known = METHODS[method]
  if (!known) return { error: `rpc: can't find method ${method}` }
  try {
    return { result: known(given) }
  } catch (error) {
    return { error: String(error) }
  }
}
