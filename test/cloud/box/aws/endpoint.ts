/**
 * The one address of all services: the signature's scope says which service is meant, its access key who calls. In this order: signature, operation,
 * permission of every resource, a fault if one is planned, the operation itself.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Authority, principalName } from '../iam/authority.ts'
import { type Api, AwsError } from './api.ts'
import type { Caller, Callers } from './callers.ts'
import type { Faults } from './faults.ts'
import { type AwsRequest, type AwsResponse, readRequest } from './request.ts'
import { checkSignature, SignatureError } from './signature.ts'

export type EndpointOptions = {
  /** By the name that stands in a signature's scope. */
  readonly apis: Readonly<Record<string, Api>>
  readonly authority: Authority
  readonly callers: Callers
  readonly faults: Faults
  /** Told of what the box itself could not do. */
  readonly report: (problem: string) => void
  /** Ends the process that has this session. */
  readonly kill: (session: string) => Promise<void>
}

export type Endpoint = { readonly url: string; close(): Promise<void> }

export async function openEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const server = createServer((incoming, outgoing) => {
    serve(options, incoming, outgoing).catch((error: unknown) => {
      options.report(`the endpoint failed: ${error instanceof Error ? error.stack : String(error)}`)
      outgoing.destroy()
    })
  })
  server.keepAliveTimeout = 65_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function serve(options: EndpointOptions, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const request = await readRequest(incoming)
  const known = identify(options, request)
  if ('status' in known) return send(outgoing, known)
  const { api, caller, name } = known
  try {
    const answer = await perform(options, api, caller, name, request)
    // The call was done; nobody will ever hear of it.
    if (answer === 'lost') outgoing.destroy()
    else send(outgoing, answer)
  } catch (error) {
    const refusal = error instanceof AwsError ? error : new AwsError('InternalFailure', String(error), 500)
    if (refusal !== error) options.report(`${name}: ${error instanceof Error ? error.stack : String(error)}`)
    send(outgoing, api.protocol.refuse(refusal))
  }
}

type Known = { readonly api: Api; readonly caller: Caller; readonly name: string }

function identify({ apis, callers, report }: EndpointOptions, request: AwsRequest): Known | AwsResponse {
  try {
    const signed = checkSignature(request, (accessKeyId) => callers.find(accessKeyId)?.credentials, Date.now())
    const api = apis[signed.service]
    const caller = callers.find(signed.accessKeyId)
    if (api && caller) return { api, caller, name: signed.service }
    report(`a call to ${signed.service}, which is not in the box: ${request.method} ${request.path}`)
    return plain(404, 'UnknownOperationException', `no service ${signed.service} in the box`)
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error
    report(`a call without a valid signature: ${request.method} ${request.path}: ${error.message}`)
    return plain(403, 'InvalidSignatureException', error.message)
  }
}

async function perform(
  { authority, faults, kill }: EndpointOptions,
  api: Api,
  caller: Caller,
  name: string,
  request: AwsRequest,
): Promise<AwsResponse | 'lost'> {
  const { operation, input } = api.protocol.parse(request)
  const found = api.operations[operation]
  if (!found) throw new AwsError('UnknownOperationException', `the box does not know ${name}:${operation}`)
  const call = { caller: caller.principal, input, request }
  for (const need of found.needs(call)) {
    const verdict = authority.judge(caller.principal, need)
    if (verdict.allowed) continue
    const who = principalName(caller.principal)
    const message = `User: ${who} is not authorized to perform: ${need.action} on resource: ${need.resource} ${verdict.reason}`
    throw new AwsError(api.denial.code, message, api.denial.status)
  }
  const role = caller.principal.kind === 'role' ? caller.principal.name : ''
  const fault = faults.next({ service: name, operation, role, input })
  if (fault?.kind === 'refuse') throw fault.error ?? new AwsError('InternalServerError', 'planned by a test', 500)
  if (fault?.kind === 'delay') await fault.until
  const output = await found.run(call)
  if (fault?.kind === 'kill' && caller.principal.kind === 'role') await kill(caller.principal.session)
  return fault?.kind === 'lose' || fault?.kind === 'kill' ? 'lost' : api.protocol.render(operation, output)
}

function send(outgoing: ServerResponse, { status, headers, body }: AwsResponse): void {
  outgoing.writeHead(status, headers).end(body)
}

function plain(status: number, code: string, message: string): AwsResponse {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: code, message }),
  }
}
