/** Which way a person would go through a sign-in by a policy, applied or not; and whether it leaves whoever writes it a way in. */
import type { Application } from '@gatehouse/core/application.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { FactorKind } from '@gatehouse/core/factor.ts'
import type { Composing } from '@gatehouse/core/interaction/composition.ts'
import { type DryRun, dryRun } from '@gatehouse/core/interaction/dry_run.ts'
import type { PasswordFacts } from '@gatehouse/core/interaction/interaction.ts'
import type { Place } from '@gatehouse/core/place.ts'
import { assess, type Risk } from '@gatehouse/core/risk/assess.ts'
import { factsOfRequest } from '@gatehouse/core/risk/request.ts'
import type { RiskPolicy } from '@gatehouse/core/risk/risk_policy.ts'
import type { RiskFacts } from '@gatehouse/core/risk/signal.ts'
import type { SignInPolicy, SignInStep } from '@gatehouse/core/sign_in_policy.ts'
import type { User } from '@gatehouse/core/user.ts'
import { deviceName } from '@gatehouse/core/user_agent.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { isSentWay, receiverOf } from './first_step.ts'
import { isListed } from './risk_addresses.ts'
import { enrollableHere, rolesFor, takesCertificates, usable } from './sign_in_steps.ts'

export type Attempt = {
  readonly policy: SignInPolicy
  /** Absent: My Account. */
  readonly application: Application | undefined
  readonly ip: string | undefined
  readonly browser: 'new' | 'known' | 'remembered'
  /** As if from there; undefined: where the address is. */
  readonly place?: Place | undefined
  /** Milliseconds since the epoch; undefined: now. */
  readonly now?: number | undefined
  readonly userAgent?: string | undefined
  readonly risk?: RiskPolicy | undefined
  readonly checked?: PasswordFacts
  readonly acrValues: readonly string[]
  readonly acrEssential: boolean
  /** What an adaptive script asked for, instead of the policy's. */
  readonly steps?: readonly SignInStep[] | undefined
}

export type SignInDryRun = DryRun & {
  readonly risk: Risk | undefined
  /** Before anybody said who they are. */
  readonly requestRisk: Risk | undefined
  readonly place: Place | undefined
  /** Where a step names client certificates: whether any are taken, and if not, why. */
  readonly certificates?: 'taken' | 'no_policy' | 'no_host'
}

export async function dryRunSignIn(ctx: TenantContext, user: User, attempt: Attempt): Promise<SignInDryRun> {
  const { policy, application, ip, browser, acrValues, acrEssential } = attempt
  const place = attempt.place ?? (await ctx.places.find(ip))
  const now = attempt.now ?? ctx.clock.now()
  const assessed = attempt.risk && (await assessAttempt(ctx, user, attempt, attempt.risk, place, now))
  const risk = assessed?.risk
  const steps = attempt.steps ?? application?.gatehouse_sign_in?.steps ?? policy.steps
  const enrolled = usable(ctx, await ctx.stores.credentials.list(user.id, { consistent: true }))
  const composing: Composing = {
    steps,
    levels: policy.levels,
    acrValues,
    acrEssential,
    sure: false,
    proven: [],
    enrolled,
    circumstances: {
      roles: await rolesFor(ctx, user, steps),
      ip,
      browser: browser === 'new' ? 'new' : 'known',
      remembered: browser === 'remembered' ? enrolled.map(({ kind }) => kind) : [],
      country: place?.country,
      now,
      enrollable: enrollableHere(ctx),
      ...(risk && attempt.risk
        ? {
            risk: {
              level: risk.level,
              action: risk.action,
              withoutFactor: attempt.risk.withoutFactor,
              here: true,
              since: 0,
              approved: false,
            },
          }
        : {}),
    },
  }
  const hasPassword = (await ctx.stores.users.findRecord(user.id, { consistent: true }))?.password !== undefined
  const canBegin = (kind: FactorKind) => {
    if (isSentWay(kind)) return receiverOf(user, kind) !== undefined
    if (kind === 'x509' && !takesCertificates(ctx)) return false
    if (kind === 'x509' && namesBeyondEnrolled(ctx)) return true
    return kind === 'password' ? hasPassword : enrolled.some((credential) => credential.kind === kind)
  }
  const { certificates } = ctx.tenant.policies
  const run = dryRun(composing, canBegin, (kind) => kind !== 'x509' || certificates?.smartCards === true)
  const asksForOne = run.way.some(({ anyOf }) => anyOf.includes('x509'))
  return { ...run, risk, requestRisk: assessed?.requestRisk, place, ...(asksForOne ? { certificates: certificatesOf(ctx) } : {}) }
}

/** Whoever has a user name may come with a certificate in which an authority wrote it. */
function namesBeyondEnrolled({ tenant }: Pick<TenantContext, 'tenant'>): boolean {
  return tenant.policies.certificates?.names.some((name) => name !== 'enrolled') ?? false
}

function certificatesOf(ctx: TenantContext): NonNullable<SignInDryRun['certificates']> {
  if (ctx.tenant.policies.certificates === undefined) return 'no_policy'
  return takesCertificates(ctx) ? 'taken' : 'no_host'
}

/** By what is remembered of the person, whose browser it would be; nothing is written, and nobody else in the network is looked at. */
async function assessAttempt(
  ctx: TenantContext,
  user: User,
  { browser, ip, userAgent, checked }: Attempt,
  policy: RiskPolicy,
  place: Place | undefined,
  now: number,
): Promise<{ readonly risk: Risk; readonly requestRisk: Risk }> {
  const history = await ctx.stores.risk.findHistory(user.id)
  const name = userAgent === undefined ? history?.devices[0]?.name : deviceName(userAgent)
  const own = history?.devices.find((device) => device.name === name)
  const facts: RiskFacts = {
    at: Math.floor(now / 1000),
    place,
    device: { id: browser === 'new' ? undefined : own?.id, name: name ?? '', known: browser !== 'new' },
    history,
    listed: await isListed({ ...ctx, actor: { ...(ip === undefined ? {} : { ip }) } }, policy),
    failedTries: checked?.failedTries ?? 0,
    breachedPassword: checked?.breached ?? false,
    newcomers: 0,
    kilometresPerHour: policy.kilometresPerHour,
  }
  const ofBrowser = browser === 'new' ? undefined : history
  const request = factsOfRequest({ ...facts, history: ofBrowser, networkFailures: 0, crowd: false })
  return { risk: assess(facts, policy), requestRisk: assess(request, policy) }
}

/** Whoever applies a policy that they could not pass themselves, from where they are, would find that out too late. Throws `conflict`. */
export async function checkLeavesAWayIn(ctx: TenantContext, policy: SignInPolicy, risk?: RiskPolicy): Promise<void> {
  const { userId, ip } = ctx.actor
  const user = userId && (await ctx.stores.users.find(userId))
  if (!user) return
  const { outcome } = await dryRunSignIn(ctx, user, {
    policy,
    application: undefined,
    ip,
    // Who applies a policy sits at a browser of theirs: risk counts that, and the steps do without.
    browser: risk === undefined ? 'new' : 'known',
    userAgent: ctx.actor.userAgent,
    risk,
    acrValues: [],
    acrEssential: false,
  })
  if (outcome === 'signed_in') return
  throw new IamError(
    'conflict',
    'with this policy you could not sign in any more: add the factor that it refuses to do without, or let it be enrolled; where it begins with a mailbox or a phone, have an address proven',
  )
}
