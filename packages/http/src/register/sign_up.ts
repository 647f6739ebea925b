/** What both steps of self-registration ask: for whom, whether the name is free, and how often this network may ask. */
import { IamError } from '@gatehouse/core/error.ts'
import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import { MY_ACCOUNT } from '@gatehouse/core/interaction/interaction.ts'
import { findUserNameProblem } from '@gatehouse/core/user_name.ts'
import { beginInteraction } from '@gatehouse/identity/interaction.ts'
import type { Problem } from '@gatehouse/pages/page_props.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { keepInteraction, loadInteraction } from '../authorize/interaction_of.ts'
import type { HouseContext } from '../house.ts'
import { lookUpName } from '../name_look_up.ts'

/** Self-registration goes on inside the interaction that it began in; opened by itself it leads to My Account. */
export async function interactionOf(c: HouseContext): Promise<Interaction | Response> {
  const id = c.req.query('interaction')
  if (id !== undefined) return loadInteraction(c, id)
  const interaction = beginInteraction(c.env.here, { kind: 'own', path: MY_ACCOUNT })
  await keepInteraction(c, interaction)
  const query = new URLSearchParams(new URL(c.req.url).searchParams)
  query.set('interaction', interaction.id)
  return c.redirect(`${c.env.here.basePath}/signup?${query}`, 303)
}

export function checkSelfRegistration(here: TenantContext): void {
  if (!here.tenant.policies.selfRegistration) throw new IamError('forbidden', 'accounts are not created here; ask an administrator')
}

/** What is wrong with a name at this tenant, also that somebody has it. One place of the network's is taken. */
export async function findNameProblem(here: TenantContext, userName: string): Promise<Problem | undefined> {
  const problem = findUserNameProblem(userName)
  if (problem !== undefined) return problem
  const holder = await lookUpName(here, userName)
  if (holder === undefined) return undefined
  return holder.kind === 'user' ? 'username_taken' : 'username_pending'
}
