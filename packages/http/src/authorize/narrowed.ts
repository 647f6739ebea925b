/** What an adaptive script leaves of the sign-in page: the ways of the step that it waits for. It stands in the interaction, so that what is posted is taken by the same rule. */
import { FACTORS, type FactorKind } from '@gatehouse/core/factor.ts'
import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import { firstStepOf } from '@gatehouse/identity/sign_in_steps.ts'
import type { HouseContext } from '../house.ts'
import { keepInteraction } from './interaction_of.ts'
import type { Standing } from './standing.ts'

/** The interaction as the page is to be drawn for it; kept, where that is another than before. */
export async function narrow(c: HouseContext, standing: Standing): Promise<Interaction> {
  const { narrowed: before, ...whole } = standing.interaction
  const narrowed = narrowedBy(c, standing, whole)
  if (String(before) === String(narrowed)) return standing.interaction
  const interaction = narrowed === undefined ? whole : { ...whole, narrowed }
  await keepInteraction(c, interaction)
  return interaction
}

/** The name that the script fills in. */
export function scriptedName({ scripted }: Standing): string | undefined {
  return scripted?.standing?.kind === 'step' ? scripted.standing.asked.username : undefined
}

function narrowedBy(c: HouseContext, { scripted, application }: Standing, whole: Interaction): readonly FactorKind[] | undefined {
  const standing = scripted?.standing
  if (standing?.kind !== 'step') return undefined
  const composition = standing.considered?.composition
  const asked = composition === undefined ? standing.asked.step.anyOf : composition.kind === 'identify' ? composition.kinds : []
  const kinds = asked.filter((kind) => FACTORS[kind].identifies)
  // A step that says nothing of who it is comes after one that does: as the policy has it.
  if (kinds.length === 0) return undefined
  return String(kinds) === String(firstStepOf(c.env.here, whole, application).kinds) ? undefined : kinds
}
