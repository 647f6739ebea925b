/** What came of asking AWS, in a sentence that says what to do. Never the text of a signature's refusal: it repeats the session token. */

/** A stage, or AWS, that does not do what was asked. Told to a person as its message alone. */
export class StageRefusal extends Error {
  override readonly name = 'StageRefusal'
  /** AWS's own name for it, where AWS refused. */
  readonly code: string | undefined

  constructor(message: string, options: { readonly code?: string; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.code = options.code
  }
}

type Named = { readonly name: string; readonly message: string }

const REFUSALS: readonly { readonly names: RegExp; readonly says: (doing: string, error: Named) => string }[] = [
  {
    names: /^(CredentialsProviderError|TokenProviderError)$/,
    says: (_doing, { message }) =>
      `no AWS credentials: set AWS_PROFILE (and sign in with "aws sso login" where the profile asks for it), or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (${firstSentence(message)})`,
  },
  {
    names: /^(ExpiredToken|ExpiredTokenException|RequestExpired)$/,
    says: () => 'the AWS credentials have expired: sign in again, for example with "aws sso login"',
  },
  {
    names:
      /^(UnrecognizedClientException|UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|MissingAuthenticationToken(Exception)?)$/,
    says: () => 'AWS does not know these credentials: look at AWS_PROFILE, AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN',
  },
  {
    names: /^(SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature)$/,
    says: () => 'AWS does not accept the signature: the secret access key is wrong, or this clock is more than five minutes off',
  },
  {
    names: /^(AccessDenied|AccessDeniedException|AuthorizationError|AuthorizationErrorException|Forbidden)$/,
    says: (doing, { message }) => `these AWS credentials may not ${doing}: ${message}`,
  },
  {
    names: /^(Throttling|ThrottlingException|TooManyRequestsException|RequestLimitExceeded)$/,
    says: (doing) => `AWS asks to slow down (${doing}): try again in a moment`,
  },
]

/** `doing` completes "may not ...": `read the stage's outputs`. What is none of AWS's refusals stays as it is. */
export function asRefusal(error: unknown, doing: string): unknown {
  if (!(error instanceof Error) || error instanceof StageRefusal) return error
  if (error.message === 'Region is missing')
    return new StageRefusal('no AWS region: set AWS_REGION, or a region in the profile that AWS_PROFILE names', { cause: error })
  const known = REFUSALS.find(({ names }) => names.test(error.name))
  if (known) return new StageRefusal(known.says(doing, error), { code: error.name, cause: error })
  if (isUnreachable(error)) return new StageRefusal(`AWS does not answer (${doing}): ${error.message}`, { code: error.name, cause: error })
  if ('$fault' in error)
    return new StageRefusal(`AWS would not ${doing}: ${error.name}: ${error.message}`, { code: error.name, cause: error })
  return error
}

/** Sends, and throws what came of it as a refusal. */
export async function asking<Answer>(doing: string, send: () => Promise<Answer>): Promise<Answer> {
  try {
    return await send()
  } catch (error) {
    throw asRefusal(error, doing)
  }
}

function isUnreachable(error: Error): boolean {
  return error.name === 'TimeoutError' || ('code' in error && typeof error.code === 'string' && /^E[A-Z_]+$/.test(error.code))
}

function firstSentence(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 200)
}
