/** What token, introspection and revocation have in common: a form, an application that authenticates, an answer that its pages may read. */
import type { Application } from '@gatehouse/core/application.ts'
import { type Parameters, parseFormParameters } from '@gatehouse/core/parameters.ts'
import { authenticateClient } from '@gatehouse/identity/client_authentication.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { oauthError } from '../errors.ts'
import { readForm } from '../form.ts'
import type { HouseContext } from '../house.ts'
import { allowApplicationOrigin } from './cross_origin.ts'

type Answer = (here: TenantContext, application: Application, parameters: Parameters) => Promise<Response>

export function forClient(answer: Answer): (c: HouseContext) => Promise<Response> {
  return async (c) => {
    const { here } = c.env
    let application: Application | undefined
    try {
      const parameters = parseFormParameters(await readForm(c))
      readKeysMeanwhile(here)
      application = await authenticateClient(here, c.req.header('authorization'), parameters)
      return allowApplicationOrigin(c, application, await answer(here, application, parameters))
    } catch (error) {
      return allowApplicationOrigin(c, application, oauthError(error, c))
    }
  }
}

/** Whatever is asked will sign or check a token: where the keys are not remembered, they are read while the application is. Who needs them is told of a failure. */
function readKeysMeanwhile({ configuration }: TenantContext): void {
  const keys = configuration.listSigningKeys()
  if (keys instanceof Promise) keys.catch(() => {})
}
