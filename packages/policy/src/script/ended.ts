/** How a script ended: what the sign-in makes of it, and what the audit record says of it. */
import type { SaidClaims } from '@gatehouse/core/claims.ts'
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { ClientId, UserId } from '@gatehouse/core/ids.ts'
import type { SignInStep } from '@gatehouse/core/sign_in_policy.ts'
import type { Value } from '@gatehouse/ports/table.ts'
import { plain } from '@gatehouse/store/item.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { Arguments } from './arguments.ts'
import type { ScriptCookie } from './host_function.ts'

export type End =
  /** What it asked for was proven. */
  | { readonly kind: 'done'; readonly steps: readonly SignInStep[]; readonly selectedAcr?: string; readonly claims?: SaidClaims }
  /** `fail`: the application is told. */
  | { readonly kind: 'refused'; readonly code?: string; readonly message?: string; readonly uri?: string }
  /** `sendError`: the person is told. */
  | { readonly kind: 'error'; readonly url?: string; readonly parameters: Readonly<Record<string, string>> }
  /** By its own mistake, or by a limit. */
  | { readonly kind: 'broken'; readonly message: string }

export type Ended = { readonly end: End; readonly cookies: readonly ScriptCookie[] }

/** Only `storedEnd` writes it, so the shape is known. */
export function endedOf(value: Value): Ended {
  return value as unknown as Ended
}

export function storedEnd(ended: Ended): Value {
  return plain(ended)
}

/** WSO2's names. */
export function refusalOf(args: Arguments): End {
  const [code, message, uri] = ['errorCode', 'errorMessage', 'errorURI'].map((name) => args.maybeText(name)?.slice(0, 500))
  return { kind: 'refused', ...(code ? { code } : {}), ...(message ? { message } : {}), ...(uri ? { uri } : {}) }
}

const MOST_WORDS = 30

export function endEvent(
  ctx: TenantContext,
  of: { readonly version: string; readonly userId: UserId | undefined; readonly clientId: ClientId | undefined },
  end: End,
  words: readonly string[],
): HouseEvent {
  return ctx.stores.shelf.event('script.finished', {
    actor: ctx.actor,
    ...(of.userId === undefined ? {} : { userId: of.userId }),
    ...(of.clientId === undefined ? {} : { clientId: of.clientId }),
    data: { script: of.version, outcome: OUTCOMES[end.kind], because: [...words.slice(-MOST_WORDS), wordsOf(end)] },
  })
}

const OUTCOMES: Readonly<Record<End['kind'], string>> = { done: 'let on', refused: 'refused', error: 'refused', broken: 'failed' }

function wordsOf(end: End): string {
  if (end.kind === 'done' && end.claims)
    return `the script said ${Object.keys(end.claims).join(', ')} for this sign-in, and asked for nothing more`
  if (end.kind === 'done') return 'the script asked for nothing more'
  if (end.kind === 'refused') return `the script refused: ${end.code ?? 'access_denied'}`
  if (end.kind === 'error') return 'the script sent the person to an error page'
  return `the script failed: ${end.message}`
}
