/** A passkey on the sign-in page: it says who it is. And other options for a page that was open for longer than its challenge is good: `POST /login/passkey`. */
import { IamError } from '@gatehouse/core/error.ts'
import type { Proven } from '@gatehouse/core/factor.ts'
import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import type { User } from '@gatehouse/core/user.ts'
import { firstStepOptions } from '@gatehouse/identity/passkeys/options.ts'
import { creationOptions, passkeysHere, secondStepOptions } from '@gatehouse/identity/passkeys/own_options.ts'
import type { PasskeyOutcome } from '@gatehouse/identity/passkeys/sign_in.ts'
import { acceptsFirst } from '@gatehouse/identity/sign_in_steps.ts'
import { checkCsrf } from '../csrf.ts'
import { readForm } from '../form.ts'
import type { HouseContext } from '../house.ts'
import { loadInteraction } from './interaction_of.ts'
import type { Shown } from './login_page.ts'
import { standingOf } from './standing.ts'
import { tooManyTries } from './too_many_tries.ts'

export type FirstPasskey =
  | { readonly kind: 'right'; readonly user: User; readonly proven: Proven }
  | { readonly kind: 'refused'; readonly shown: Shown }

export async function checkFirstPasskey(c: HouseContext, interaction: Interaction, text: string): Promise<FirstPasskey> {
  const { here } = c.env
  const { target } = interaction
  const application = target.kind === 'authorization' ? await here.configuration.findApplication(target.request.clientId) : undefined
  if (!acceptsFirst(here, application, 'passkey', interaction.narrowed))
    return { kind: 'refused', shown: { notice: { code: 'passkey_refused' }, status: 400 } }
  const { signInByPasskey } = await import('@gatehouse/identity/passkeys/sign_in.ts')
  const outcome = await signInByPasskey(here, text, interaction.id)
  return outcome.kind === 'right' ? outcome : { kind: 'refused', shown: REFUSALS[outcome.kind](outcome) }
}

type Refused = Exclude<PasskeyOutcome['kind'], 'right'>

const REFUSALS: Readonly<Record<Refused, (outcome: PasskeyOutcome) => Shown>> = {
  wrong: (outcome) => ({
    notice: { code: 'passkey_refused' },
    status: 400,
    ...(outcome.kind === 'wrong' && outcome.unknown ? { unknownPasskey: outcome.unknown } : {}),
  }),
  expired: () => ({ notice: { code: 'passkey_expired' }, status: 400 }),
  inactive: () => ({ notice: { code: 'account_inactive' }, status: 403 }),
  locked: (outcome) => tooManyTries(outcome.kind === 'locked' ? outcome.retryAfterSeconds : 0),
}

/** JSON: what the page would have if it were loaded now. */
export async function renewPasskeyOptions(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const form = await readForm(c)
  const interaction = await loadInteraction(c, form.get('interaction'))
  const standing = await standingOf(c, interaction)
  const { step, steps, user } = standing
  c.header('cache-control', 'no-store')
  if (step.kind === 'factor' && user !== undefined && steps?.composition.kind === 'prove') {
    await checkCsrf(c, form.get('csrf'), interaction.id, user.id, 'mfa')
    return c.json(await secondStepOptions(here, interaction.id, passkeysHere(here, steps.credentials)))
  }
  if (step.kind === 'enrolment' && user !== undefined) {
    await checkCsrf(c, form.get('csrf'), interaction.id, user.id, 'enrol')
    return c.json(await creationOptions(here, user, interaction.id, await here.stores.credentials.list(user.id)))
  }
  await checkCsrf(c, form.get('csrf'), interaction.id)
  const options = await firstStepOptions(here, interaction.id)
  if (options === undefined) throw new IamError('not_found', 'passkeys are not used here')
  return c.json(options)
}
