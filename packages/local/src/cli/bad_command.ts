/** A command that cannot be done as it was given, or a house that does not do it: told as one sentence. */
import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client'

export class BadCommand extends Error {
  override readonly name = 'BadCommand'
}

/** What came of speaking to `issuer`, in one sentence where it is a person's to mend; anything else as it is. */
export function asBadCommand(error: unknown, issuer: string): unknown {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError)
    return new BadCommand(`${issuer} refused: ${error.error_description ?? error.error}`, { cause: error })
  // openid-client wraps what fetch throws.
  if (isUnreachable(error) || (error instanceof ClientError && isUnreachable(error.cause)))
    return new BadCommand(`${issuer} does not answer; is the house running, and is this its address?`, { cause: error })
  if (error instanceof Error && 'syscall' in error) return new BadCommand(error.message, { cause: error })
  if (error instanceof ClientError) return new BadCommand(`${issuer} does not answer as a house would: ${error.message}`, { cause: error })
  return error
}

/** `fetch` says so with a TypeError whose cause is the system's error. */
function isUnreachable(error: unknown): boolean {
  return error instanceof TypeError && error.cause instanceof Error
}
