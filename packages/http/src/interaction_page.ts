/** What an interaction says of its pages: where their forms may lead at once, and the languages that the application, and then the person, asks for. */
import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import type { User } from '@gatehouse/core/user.ts'
import { takesCertificates } from '@gatehouse/identity/sign_in_steps.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { formActionOf } from './headers.ts'

/** Chromium follows redirects with `form-action`: the form may lead back to the application. */
export function formActionsOf({ target }: Pick<Interaction, 'target'>): readonly string[] {
  return target.kind === 'authorization' ? [formActionOf(target.request.redirectUri)] : []
}

/** Of a page whose form may lead to where certificates are shown, and from there back, and on. */
export function formActionsBeyond(here: TenantContext, interaction: Pick<Interaction, 'target'>): readonly string[] {
  const { certificateOrigin } = here
  const actions = formActionsOf(interaction)
  return takesCertificates(here) && certificateOrigin !== undefined ? [...actions, certificateOrigin] : actions
}

export function uiLocalesOf({ target }: Pick<Interaction, 'target'>, user?: Pick<User, 'locale'>): readonly string[] {
  return [...(target.kind === 'authorization' ? target.request.uiLocales : []), ...(user?.locale === undefined ? [] : [user.locale])]
}
