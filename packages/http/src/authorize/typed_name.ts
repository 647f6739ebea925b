/** Whom a name that was typed on a sign-in page is for: somebody here, or, at My Account, somebody of another tenant. */
import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import { addressOf } from '@gatehouse/core/user_name.ts'
import type { HouseContext } from '../house.ts'
import { lookUpTenant } from '../name_look_up.ts'

export type TypedName = { readonly kind: 'here'; readonly userName: string } | { readonly kind: 'elsewhere'; readonly href: string }

export async function readTypedName(c: HouseContext, { target }: Interaction, typed: string): Promise<TypedName> {
  const addressed = addressOf(typed, c.env.here.tenant.id)
  if (addressed.kind === 'here') return { kind: 'here', userName: addressed.userName }
  if (target.kind === 'own' && (await lookUpTenant(c, addressed.tenant)))
    return { kind: 'elsewhere', href: `${c.env.house.addresses.of(addressed.tenant).issuer}/login` }
  return { kind: 'here', userName: typed }
}
