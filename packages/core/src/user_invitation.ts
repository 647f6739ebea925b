/** A person whom an administrator made without a password is invited by mail to set one. Times in seconds since the epoch. */

export type UserInvitation = {
  /** Another sending has another; a link of a former one is good no more. */
  readonly id: string
  readonly address: string
  readonly invitedAt: number
  readonly expiresAt: number
  readonly acceptedAt?: number
}

export type InvitationState = 'invited' | 'accepted' | 'expired'

export function invitationStateOf({ acceptedAt, expiresAt }: UserInvitation, now: number): InvitationState {
  if (acceptedAt !== undefined) return 'accepted'
  return expiresAt > now ? 'invited' : 'expired'
}
