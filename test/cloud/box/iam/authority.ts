/**
 * Decides every call of the box, as IAM does: an explicit deny wins; else an identity's policy or the resource's must allow it; a key (KMS) and a service
 * (EventBridge, SNS, CloudFront) need the resource's own policy. Keeps which statement allowed which call, so that a test can ask for those that nothing used.
 */
import { type Context, conditionsHold } from './conditions.ts'
import type { Statement } from './policy.ts'
import { matches, matchesAction } from './wildcard.ts'

export type Principal =
  | { readonly kind: 'role'; readonly arn: string; readonly name: string; readonly session: string }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'anyone' }

export type Need = {
  readonly action: string
  readonly resource: string
  readonly context?: Context
  /** The ARN under which the resource's own policy is kept, where that is not `resource`: the bucket of an object. */
  readonly owner?: string
}

export type Verdict = { readonly allowed: boolean; readonly by: readonly string[]; readonly reason: string }
export type Decision = { readonly principal: string; readonly need: Need; readonly verdict: Verdict }

export type Authority = {
  decide(principal: Principal, need: Need): Verdict
  /** `decide`, kept in the ledger. */
  judge(principal: Principal, need: Need): Verdict
  readonly statements: ReadonlyMap<string, Statement>
  /** Everything judged since the last `forget`, newest last; repeated ones once. */
  decisions(): readonly Decision[]
  forget(): void
  /** As if the plan did not have these statements, until the returned function is called. */
  withhold(ids: readonly string[]): () => void
}

export type Policies = {
  /** Role ARN -> its statements. */
  readonly roles: ReadonlyMap<string, readonly Statement[]>
  /** Resource ARN -> the statements of its own policy. */
  readonly resources: ReadonlyMap<string, readonly Statement[]>
  readonly account: string
}

export function openAuthority({ roles, resources, account }: Policies): Authority {
  const statements = new Map([...roles.values(), ...resources.values()].flat().map((statement) => [statement.id, statement]))
  const withheld = new Set<string>()
  const decisions = new Map<string, Decision>()

  const applies = (statement: Statement, need: Need, context: Context) =>
    !withheld.has(statement.id) &&
    statement.actions.some((action) => matchesAction(action, need.action)) &&
    (statement.resources.length === 0 || statement.resources.some((resource) => matches(resource, need.resource))) &&
    !statement.otherThan.some((resource) => matches(resource, need.resource)) &&
    conditionsHold(statement.conditions, context)

  function decide(principal: Principal, need: Need): Verdict {
    const context = { ...contextOf(principal, account), ...need.context }
    const identity = (principal.kind === 'role' ? (roles.get(principal.arn) ?? []) : []).filter((one) => applies(one, need, context))
    const owned = resources.get(need.owner ?? need.resource)
    const own = (owned ?? []).filter((one) => applies(one, need, context))
    const named = own.filter((one) => one.principals?.some((name) => names(name, principal)))
    // A policy that names the account leaves the decision to the account's own policies.
    const delegated = own.filter((one) => principal.kind === 'role' && one.principals?.includes(`AWS:arn:aws:iam::${account}:root`))
    const denied = [...identity, ...named].filter((one) => one.effect === 'Deny')
    if (denied.length > 0) return refused(denied, 'with an explicit deny')
    const byResource = named.filter((one) => one.effect === 'Allow')
    if (byResource.length > 0) return { allowed: true, by: idsOf(byResource), reason: '' }
    const byIdentity = identity.filter((one) => one.effect === 'Allow')
    if (byIdentity.length === 0) {
      const which = principal.kind === 'role' ? 'identity-based' : 'resource-based'
      return refused([], `because no ${which} policy allows the ${need.action} action`)
    }
    if (!need.action.startsWith('kms:')) return { allowed: true, by: idsOf(byIdentity), reason: '' }
    const keyAllows = delegated.filter((one) => one.effect === 'Allow')
    // AWS makes a key without a policy of its own with one that names the account.
    if (owned !== undefined && keyAllows.length === 0)
      return refused([], `because no resource-based policy allows the ${need.action} action`)
    return { allowed: true, by: idsOf([...byIdentity, ...keyAllows]), reason: '' }
  }

  return {
    statements,
    decide,
    judge(principal, need) {
      const verdict = decide(principal, need)
      const decision = { principal: principalName(principal), need, verdict }
      decisions.set(`${decision.principal} ${need.action} ${need.resource} ${verdict.by.join()}`, decision)
      return verdict
    },
    decisions: () => [...decisions.values()],
    forget: () => decisions.clear(),
    withhold(ids) {
      for (const id of ids) {
        if (!statements.has(id)) throw new TypeError(`no statement ${id}`)
        withheld.add(id)
      }
      return () => {
        for (const id of ids) withheld.delete(id)
      }
    },
  }
}

/** As AWS writes it in its refusals. */
export function principalName(principal: Principal): string {
  if (principal.kind === 'anyone') return 'anonymous'
  if (principal.kind === 'service') return principal.name
  return `${principal.arn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${principal.session}`
}

function contextOf(principal: Principal, account: string): Context {
  if (principal.kind !== 'role') return { 'aws:principalisawsservice': String(principal.kind === 'service') }
  return { 'aws:principalarn': principal.arn, 'aws:principalaccount': account, 'aws:principalisawsservice': 'false' }
}

function names(wanted: string, principal: Principal): boolean {
  if (wanted === '*') return true
  if (principal.kind === 'service') return wanted === `Service:${principal.name}`
  return principal.kind === 'role' && wanted === `AWS:${principal.arn}`
}

function refused(by: readonly Statement[], reason: string): Verdict {
  return { allowed: false, by: idsOf(by), reason }
}

function idsOf(statements: readonly Statement[]): string[] {
  return statements.map(({ id }) => id)
}
