/** The request and what is said to the log. */
import type { Value } from '@gatehouse/ports/table.ts'
import type { Arguments } from '../arguments.ts'
import type { HostFunction, HostGroup, World } from '../host_function.ts'

const LONGEST_SEEN = 2_048
/** Who has these is somebody, or is the front door. */
const SECRET_HEADERS = /^(?:cookie|authorization|proxy-authorization|x-gatehouse-.*)$/

export const request: HostGroup = {
  prelude: '',
  functions: {
    requestHeader: atOnce(({ request: seen }, args) => {
      const name = args.text('name').toLowerCase()
      return SECRET_HEADERS.test(name) ? null : cut(seen.header(name))
    }),
    requestCookie: atOnce(({ request: seen }, args) => cut(seen.cookie(args.text('name')))),
    requestParameter: atOnce(({ request: seen }, args) => cut(seen.parameter(args.text('name')))),
    requestIp: atOnce(({ request: seen }) => seen.ip ?? null),
    log: atOnce(({ ctx, clientId, interactionId }, args) => {
      const level = args.text('level')
      ctx.log.write(level === 'error' || level === 'warn' ? level : 'info', 'script', {
        tenant: ctx.tenant.id,
        client: clientId,
        interaction: interactionId,
        text: args.text('text').slice(0, 1_000),
      })
      return null
    }),
  },
}

/** Nothing has to be waited for. */
function atOnce(answer: (world: World, args: Arguments) => Value): HostFunction {
  return { kind: 'reads', perform: answer, atOnce: answer }
}

function cut(text: string | undefined): string | null {
  return text === undefined ? null : text.slice(0, LONGEST_SEEN)
}
