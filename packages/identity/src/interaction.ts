/** Begins an interaction and adds to it what was proven. It travels with the browser: see interaction_cookie.ts. */
import { hash } from 'node:crypto'
import { addFactor, firstProof, furtherProof, type Proven } from '@gatehouse/core/factor.ts'
import type { CredentialId, InteractionId, SessionId } from '@gatehouse/core/ids.ts'
import {
  INTERACTION_SECONDS,
  type Interaction,
  type InteractionTarget,
  type PasswordFacts,
  type Proof,
} from '@gatehouse/core/interaction/interaction.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

const TIME_STARTS = 'int_'.length
const TIME_CHARACTERS = 9

export function beginInteraction(ctx: TenantContext, target: InteractionTarget): Interaction {
  return { id: newInteractionId(ctx), issuer: ctx.issuer, target, expiresAt: nowSeconds(ctx) + INTERACTION_SECONDS }
}

/** A page that asks for much begins the time anew, as long as nothing was proven: a proof is not to be stretched. */
export function withMoreTime(ctx: TenantContext, interaction: Interaction): Interaction {
  return interaction.proof ? interaction : { ...interaction, expiresAt: nowSeconds(ctx) + INTERACTION_SECONDS }
}

/** The person proved who they are, by the password or another factor of a first step. A former proof of somebody else in the same interaction is replaced. */
export function withFirstProof(
  ctx: TenantContext,
  interaction: Interaction,
  user: User,
  proven: Proven,
  checked?: PasswordFacts,
): Interaction {
  const proof = proofOf(user, addFactor(proofBy(interaction, user)?.factors ?? [], firstProof(proven, nowSeconds(ctx))))
  return { ...interaction, proof: checked === undefined ? proof : { ...proof, checked } }
}

/** The person proved a further factor: to what they proved here before, or, where that is nothing, to their session at this browser. */
export function withFactorProof(
  ctx: TenantContext,
  interaction: Interaction,
  user: User,
  proven: Proven,
  /** The credential that the person asks to be remembered for. */
  remember?: CredentialId,
): Interaction {
  const before = proofBy(interaction, user)
  const grown = proofOf(user, addFactor(before?.factors ?? [], furtherProof(proven, nowSeconds(ctx))))
  const remembering = [...(before?.remember ?? []), ...(remember === undefined ? [] : [remember])]
  const kept = { ...(before?.checked ? { checked: before.checked } : {}), ...(remembering.length > 0 ? { remember: remembering } : {}) }
  return { ...interaction, proof: { ...grown, ...kept } }
}

/** The person set a new password in this sign-in: what they proved before it stands. */
export function withNewPassword(interaction: Interaction, { id, securityEpoch }: User): Interaction {
  const { proof } = interaction
  return proof?.userId === id ? { ...interaction, proof: { ...proof, securityEpoch } } : interaction
}

/** The person changes their password another time. */
export function withPasswordKept(interaction: Interaction): Interaction {
  return interaction.proof ? { ...interaction, proof: { ...interaction.proof, keepsPassword: true } } : interaction
}

/** What this person proved here, before no change of their password. */
function proofBy({ proof }: Interaction, { id, securityEpoch }: User): Proof | undefined {
  return proof?.userId === id && proof.securityEpoch === securityEpoch ? proof : undefined
}

function proofOf({ id, securityEpoch }: User, factors: Proof['factors']): Proof {
  return { userId: id, securityEpoch, factors }
}

/** The session that the interaction will end in: since it is derived, a second finish finds it there. It sorts by time, as the interaction's does. */
export function sessionIdOf(ctx: TenantContext, id: InteractionId): SessionId {
  const derived = hash('sha256', `${ctx.tenant.id}\n${ctx.issuer}\n${id}`, 'base64url')
  return `ses_${id.slice(TIME_STARTS, TIME_STARTS + TIME_CHARACTERS)}${derived.slice(0, 24)}`
}

export function nowSeconds(ctx: TenantContext): number {
  return Math.floor(ctx.clock.now() / 1000)
}

/** Ids sort by the time of their beginning, so that the oldest of a browser's interactions is known by its cookie's name. */
function newInteractionId(ctx: TenantContext): InteractionId {
  return `int_${ctx.clock.now().toString(36).padStart(TIME_CHARACTERS, '0')}${ctx.random.token(16)}`
}
