/** The interaction that a request is about: its id is in the address or the form, itself in the cookie of that name. */
import { IamError } from '@gatehouse/core/error.ts'
import { isId } from '@gatehouse/core/ids.ts'
import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import { openInteraction, sealInteraction } from '@gatehouse/identity/interaction_cookie.ts'
import { readInteractionCookie, setInteractionCookie } from '../cookies.ts'
import type { HouseContext } from '../house.ts'

export async function findInteraction(c: HouseContext, id: string | null | undefined): Promise<Interaction | undefined> {
  if (!isId('int', id)) return undefined
  const cookie = readInteractionCookie(c, id)
  return cookie === undefined ? undefined : openInteraction(c.env.here, id, cookie)
}

/** Throws `gone` when it is too old, was finished, or began in another browser. */
export async function loadInteraction(c: HouseContext, id: string | null | undefined): Promise<Interaction> {
  const interaction = await findInteraction(c, id)
  if (interaction === undefined) throw new IamError('gone', 'this sign-in has expired or was finished; start again from the application')
  return interaction
}

export async function keepInteraction(c: HouseContext, interaction: Interaction): Promise<void> {
  setInteractionCookie(c, interaction.id, await sealInteraction(c.env.here, interaction))
}
