/** What a script may ask of the host: one row each, in the table of `host_functions.ts`; a file per group in `host/`. */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { FactorKind } from '@gatehouse/core/factor.ts'
import type { ClientId, InteractionId, SessionId, UserId } from '@gatehouse/core/ids.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { Value } from '@gatehouse/ports/table.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { Arguments } from './arguments.ts'

/** The request that is being answered, as the door saw it. Passwords and codes are in none of it. */
export type SeenRequest = {
  readonly ip: string | undefined
  readonly header: (name: string) => string | undefined
  readonly cookie: (name: string) => string | undefined
  /** Of the authorization request that began the sign-in. */
  readonly parameter: (name: string) => string | undefined
}

/** What the rooms above do for a script. */
export type Powers = {
  readonly seal: (purpose: string, text: string) => Promise<string>
  readonly unseal: (purpose: string, sealed: string) => Promise<string | undefined>
  /** With everything that was granted in it; the applications are told. */
  readonly endSession: (userId: UserId, sessionId: SessionId) => Promise<boolean>
}

/** Where a script runs: one sign-in of one tenant. */
export type World = {
  readonly ctx: TenantContext
  readonly interactionId: InteractionId
  readonly clientId: ClientId | undefined
  readonly request: SeenRequest
  readonly powers: Powers
  /** The person whom the script's steps have identified. */
  readonly subject: UserId | undefined
  readonly findUser: (id: UserId) => Promise<User | undefined>
  readonly locale: string
  /** What this sign-in will end in. */
  readonly sessionId: SessionId
  /** The browser's, from before. */
  readonly browserSession: { readonly clientId?: ClientId } | undefined
  /** Wrong passwords since the person's last sign-in. */
  readonly failedTries: (id: UserId) => Promise<number>
}

/** A cookie that the script sets, as it goes out with every answer of this sign-in. */
export type ScriptCookie = { readonly name: string; readonly value: string; readonly maxAge?: number; readonly sameSite?: 'Lax' | 'Strict' }

export type HostFunction = {
  /** `acts`: its place in the journal is taken before it is done, so it is done by one request only. */
  readonly kind: 'reads' | 'acts'
  readonly perform: (world: World, args: Arguments, ordinal: number) => Promise<Value> | Value
  /** Of one that reads, where nothing has to be waited for: the run need not be broken off. */
  readonly atOnce?: (world: World, args: Arguments, ordinal: number) => Value
  /** Of one that acts, where nobody knows whether it was done: the script is told this. Absent: it is done again, which changes nothing. */
  readonly lost?: Value
  /** Written with the answer, as the last of the journal's record at this place, or neither is. */
  readonly event?: (world: World, args: Arguments, value: Value, place: number) => HouseEvent | undefined
  /** For the audit record: no personal data, no secrets. Absent: not worth a word. */
  readonly words?: (args: Arguments, value: Value) => string
}

/** The functions of a group as the script sees them (`prelude`: JavaScript for the engine), and what they ask. */
export type HostGroup = { readonly prelude: string; readonly functions: Readonly<Record<string, HostFunction>> }

/** What a step came to. */
export type StepAnswer =
  | {
      readonly outcome: 'success'
      readonly step: number
      readonly user: { readonly id: UserId; readonly userName: string }
      readonly authenticator: string
      readonly anyOf: readonly FactorKind[]
      readonly rememberable: boolean
      readonly forced: boolean
    }
  | { readonly outcome: 'fail'; readonly step: number; readonly userName: string }
