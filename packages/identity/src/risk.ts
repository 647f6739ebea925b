/** What the risk of a sign-in is: gathers what the signals ask (`core/risk`), anew with every request, so that nothing that a browser brings back makes it smaller. */
import type { PasswordFacts } from '@gatehouse/core/interaction/interaction.ts'
import { networkOf } from '@gatehouse/core/network_delay.ts'
import type { Place } from '@gatehouse/core/place.ts'
import { assess, type Risk } from '@gatehouse/core/risk/assess.ts'
import { NO_HISTORY, type RiskHistory, withSighting } from '@gatehouse/core/risk/history.ts'
import type { RiskPolicy, RiskyOutcome } from '@gatehouse/core/risk/risk_policy.ts'
import type { RiskFacts } from '@gatehouse/core/risk/signal.ts'
import { newDevice } from '@gatehouse/core/risk/signals/new_device.ts'
import type { User } from '@gatehouse/core/user.ts'
import { deviceName } from '@gatehouse/core/user_agent.ts'
import { hashOf } from '@gatehouse/store/keys.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { nowSeconds } from './interaction.ts'
import type { KnownBrowser } from './known_browser.ts'
import { isListed } from './risk_addresses.ts'

/** What was seen, and what it comes to. `history`: as it was read. */
export type Seen = {
  readonly risk: Risk
  readonly place: Place | undefined
  readonly device: RiskFacts['device']
  readonly history: RiskHistory | undefined
}

export type Judging = {
  readonly user: Pick<User, 'id'>
  readonly place: Place | undefined
  readonly knownBrowser: KnownBrowser | undefined
  readonly checked: PasswordFacts | undefined
  /** The person has just said who they are: counted once. */
  readonly provenNow: boolean
}

export async function judge(
  ctx: TenantContext,
  policy: RiskPolicy,
  { user, place, knownBrowser, checked, provenNow }: Judging,
): Promise<Seen> {
  const history = await ctx.stores.risk.findHistory(user.id)
  const device = deviceOf(ctx, knownBrowser, user)
  const facts: RiskFacts = {
    at: nowSeconds(ctx),
    place,
    device,
    history,
    listed: policy.weights.listed_address > 0 && (await isListed(ctx, policy)),
    failedTries: checked?.failedTries ?? 0,
    breachedPassword: checked?.breached ?? false,
    newcomers: 0,
    kilometresPerHour: policy.kilometresPerHour,
  }
  const isNew = newDevice(facts).strength > 0
  const newcomers =
    policy.weights.network_velocity > 0 && isNew
      ? await ctx.stores.risk.countNewcomers(networkOf(ctx.actor.ip), provenNow ? user.id : undefined)
      : 0
  return { risk: assess({ ...facts, newcomers }, policy), place, device, history }
}

/** After a success, and never before. `browser`: as the person has it from now on. */
export async function rememberSighting(
  ctx: TenantContext,
  user: Pick<User, 'id'>,
  seen: Seen,
  browser: KnownBrowser | undefined,
): Promise<void> {
  const { id = 'none', name } = deviceOf(ctx, browser, user)
  const sighting = { at: nowSeconds(ctx), place: seen.place, device: { id, name } }
  await ctx.stores.risk.remember(user.id, withSighting(seen.history ?? NO_HISTORY, sighting))
}

/** One event for each time that somebody says who they are and the house is in doubt: the audit record, the mail, and what administrators see. */
export async function tellRisky(
  ctx: TenantContext,
  user: Pick<User, 'id'>,
  { risk, place, device }: Seen,
  { clientId, outcome }: { readonly clientId: string | undefined; readonly outcome: RiskyOutcome },
): Promise<void> {
  const { level, score, action, reasons } = risk
  const event = ctx.stores.shelf.event('sign_in.risky', {
    actor: ctx.actor,
    userId: user.id,
    ...(clientId === undefined ? {} : { clientId }),
    data: {
      level,
      score,
      action,
      outcome,
      signals: reasons.map(({ signal }) => signal),
      because: reasons.map(({ signal, points, seen }) =>
        [`${signal} ${points}`, ...Object.entries(seen ?? {}).map(([name, value]) => `${name}=${value}`)].join(' '),
      ),
      device: device.name,
      ...(place === undefined ? {} : { country: place.country, ...(place.city === undefined ? {} : { city: place.city }) }),
    },
  })
  await ctx.stores.risk.tell(event)
}

function deviceOf({ actor }: Pick<TenantContext, 'actor'>, browser: KnownBrowser | undefined, user: Pick<User, 'id'>): RiskFacts['device'] {
  return {
    id: browser === undefined ? undefined : hashOf(browser.id, 11),
    name: deviceName(actor.userAgent ?? ''),
    known: browser?.people.some(({ userId }) => userId === user.id) ?? false,
  }
}
