/** What an interaction says of its pages: where their forms may lead at once, and the languages that the application, and then the person, asks for. */
import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import type { User } from '@gatehouse/core/user.ts'
import { formActionOf } from './headers.ts'

/** Chromium follows redirects with `form-action`: the form may lead back to the application. */
export function formActionsOf({ target }: Pick<Interaction, 'target'>): readonly string[] {
  return target.kind === 'authorization' ? [formActionOf(target.request.redirectUri)] : []
}

export function uiLocalesOf({ target }: Pick<Interaction, 'target'>, user?: Pick<User, 'locale'>): readonly string[] {
  return [...(target.kind === 'authorization' ? target.request.uiLocales : []), ...(user?.locale === undefined ? [] : [user.locale])]
}
