/** RP-Initiated Logout: OpenID Connect RP-Initiated Logout 1.0 section 2. What an application may ask for, and whether the person is asked first. */
import type { Application } from '@gatehouse/core/application.ts'
import { IamError } from '@gatehouse/core/error.ts'
import { parseFormParameters } from '@gatehouse/core/parameters.ts'
import type { Session } from '@gatehouse/core/session.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { type IdTokenHint, readIdTokenHint } from './id_token.ts'

export type EndSessionRequest = {
  /** Undefined: nobody says who asks, so there is nowhere to go back to. */
  readonly application: Application | undefined
  readonly hint: IdTokenHint | undefined
  /** Where to go back to, verified, with `state`. */
  readonly returnUrl: string | undefined
  readonly uiLocales: string | undefined
}

/** Throws `IamError` for a page of ours: nothing is ended, and nobody is sent anywhere, on a request that is not in order. */
export async function parseEndSessionRequest(ctx: TenantContext, params: URLSearchParams): Promise<EndSessionRequest> {
  const parameters = parseFormParameters(params)
  const idTokenHint = parameters.get('id_token_hint')
  // A hint of a withdrawn key, or of another issuer, says nothing: the person is asked.
  const hint = idTokenHint === undefined ? undefined : await readIdTokenHint(ctx, idTokenHint)
  const clientId = parameters.get('client_id') ?? hint?.clientId
  if (hint && clientId !== hint.clientId) throw new IamError('invalid_request', 'client_id is not the one that id_token_hint was issued to')
  const application = clientId === undefined ? undefined : await ctx.configuration.findApplication(clientId)
  return {
    application,
    hint,
    returnUrl: returnUrlOf(application, parameters.get('post_logout_redirect_uri'), parameters.get('state')),
    uiLocales: parameters.get('ui_locales'),
  }
}

/** Without asking, only on the word of somebody who holds an ID token of this very session: else any page could sign people out. */
export function mayEndAtOnce(request: EndSessionRequest, session: Pick<Session, 'id' | 'userId'>): boolean {
  return request.hint !== undefined && request.hint.userId === session.userId && request.hint.sessionId === session.id
}

/** Section 3: exactly one of those registered. */
function returnUrlOf(application: Application | undefined, uri: string | undefined, state: string | undefined): string | undefined {
  if (uri === undefined) return undefined
  if (!application?.post_logout_redirect_uris.includes(uri))
    throw new IamError('invalid_request', 'post_logout_redirect_uri is none of those that the application registered')
  if (state === undefined) return uri
  return `${uri}${uri.includes('?') ? '&' : '?'}${new URLSearchParams({ state })}`
}
