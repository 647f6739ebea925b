/** What each operation tells of itself, shows to approvers, and does at the final approval. A new operation is a row here and one in `core/approval/operation.ts`. */
import type { Facts, Operation } from '@gatehouse/core/approval/operation.ts'
import type { ApprovalRequest } from '@gatehouse/core/approval/request.ts'
import { primaryEmail, primaryPhoneNumber, type User } from '@gatehouse/core/user.ts'
import type { Write } from '@gatehouse/ports/table.ts'
import type { Applicant, RequestData } from '@gatehouse/store/approval_request.ts'
import type { ApprovalContext } from './approval_context.ts'

type Fulfilment = { readonly resultId: string; readonly work: readonly Write[] }

type OperationRow = {
  facts(applicant: Applicant): Facts
  /** Named like the form's fields, in their order. */
  shown(applicant: Applicant): { readonly name: string; readonly value: string }[]
  /** Stands in the transaction of the last approval: done exactly once, or not approved. */
  fulfil(ctx: ApprovalContext, request: ApprovalRequest, data: RequestData): Fulfilment
  /** Stands in the transaction that ends the request otherwise. */
  decline(ctx: ApprovalContext, request: ApprovalRequest): readonly Write[]
}

export const OPERATION_ROWS: Readonly<Record<Operation, OperationRow>> = {
  self_registration: {
    facts(applicant) {
      const email = primaryEmail(applicant)?.value
      return {
        user_name: applicant.userName,
        given_name: applicant.name.givenName,
        family_name: applicant.name.familyName,
        email,
        email_domain: email?.slice(email.lastIndexOf('@') + 1),
        phone_number: primaryPhoneNumber(applicant)?.value,
        locale: applicant.locale,
      }
    },
    shown(applicant) {
      const rows: readonly (readonly [string, string | undefined])[] = [
        ['username', applicant.userName],
        ['given_name', applicant.name.givenName],
        ['family_name', applicant.name.familyName],
        ['email', primaryEmail(applicant)?.value],
        ['phone_number', primaryPhoneNumber(applicant)?.value],
        ['locale', applicant.locale],
        ...applicant.acceptances.map((acceptance) => ['accept_terms', acceptance.version] as const),
      ]
      return rows.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [{ name, value }]))
    },
    fulfil(ctx, request, { applicant, passwordHash }) {
      const user = userOf(ctx, applicant)
      const facts = { actor: ctx.actor, acceptances: applicant.acceptances, heldBy: request.id }
      return {
        resultId: user.id,
        work: [...ctx.stores.users.createWrites(user, passwordHash, facts), ctx.stores.requests.ownWrite(user.id, request)],
      }
    },
    decline: (ctx, request) => [ctx.stores.users.releaseNameWrite(request.requestedBy.userName, request.id)],
  },
  // Nothing comes of it but the answer: the sign-in asks for it when it goes on.
  risky_sign_in: {
    facts(applicant) {
      const email = primaryEmail(applicant)?.value
      const { risk, country, ip } = applicant.signIn ?? {}
      return { user_name: applicant.userName, email, email_domain: email?.slice(email.lastIndexOf('@') + 1), risk, country, ip }
    },
    shown({ userName, signIn }) {
      const rows = Object.entries({
        username: userName,
        place: signIn?.place ?? signIn?.country,
        device: signIn?.device,
        ip: signIn?.ip,
        risk: signIn?.risk,
        seen: signIn?.seen,
      })
      return rows.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [{ name, value }]))
    },
    fulfil: (ctx, request) => ({
      resultId: request.requestedBy.userId ?? '',
      work: request.requestedBy.userId === undefined ? [] : [ctx.stores.requests.ownWrite(request.requestedBy.userId, request)],
    }),
    decline: () => [],
  },
}

/** Active, without roles: those are given by administrators. */
export function userOf(ctx: Pick<ApprovalContext, 'clock' | 'random'>, applicant: Applicant): User {
  const now = new Date(ctx.clock.now()).toISOString()
  const { acceptances, ...profile } = applicant
  return {
    ...profile,
    id: `usr_${ctx.random.token(12)}`,
    active: true,
    roles: [],
    groups: [],
    securityEpoch: 0,
    createdAt: now,
    updatedAt: now,
    version: 1,
  }
}
