/**
 * Adaptive scripts: which one a sign-in follows, how large one may be, and what WSO2's scripts call the factors. What a script decides joins the composition
 * (`interaction/composition.ts`); it leads nowhere by itself.
 */
import { FACTORS, type FactorKind, isFactorKind } from './factor.ts'
import type { SignInPolicy, SignInStep, SignInSteps } from './sign_in_policy.ts'

export const LONGEST_SCRIPT = 32_768
export const LONGEST_LIBRARY = 16_384
export const ENTRY = 'onLoginRequest'

/** The script that a sign-in follows: the application's; the tenant's, unless the application has steps of its own, whose numbers it does not know. */
export function scriptFor(
  policy: Pick<SignInPolicy, 'script'>,
  application: { readonly gatehouse_sign_in?: SignInSteps; readonly gatehouse_adaptive_script?: string } | undefined,
): string | undefined {
  return application?.gatehouse_adaptive_script ?? (application?.gatehouse_sign_in === undefined ? policy.script : undefined)
}

/** WSO2's name of an authenticator, or our own of the factor -> the factor. The first of a kind is how scripts are told of it. */
const AUTHENTICATORS: Readonly<Record<string, string>> = {
  BasicAuthenticator: 'password',
  basic: 'password',
  'email-otp-authenticator': 'email_otp',
  EmailOTP: 'email_otp',
  'sms-otp-authenticator': 'sms_otp',
  SMSOTP: 'sms_otp',
  'backup-code-authenticator': 'recovery_code',
  FIDOAuthenticator: 'passkey',
  MagicLinkAuthenticator: 'magic_link',
  'push-notification-authenticator': 'push',
  x509CertificateAuthenticator: 'x509',
}

export function factorOfAuthenticator(name: string): FactorKind | undefined {
  const kind = Object.hasOwn(AUTHENTICATORS, name) ? AUTHENTICATORS[name] : name
  return isFactorKind(kind) ? kind : undefined
}

export function authenticatorOf(kind: FactorKind): string {
  return Object.entries(AUTHENTICATORS).find(([, factor]) => factor === kind)?.[0] ?? kind
}

/**
 * A step as a script asks for it: whether it is due, the script says, so its condition does not count; and a person who has none of its factors enrols one or
 * is refused, since passing would be less than was asked for. `options`: of these factors only; undefined where none of them is one of the step's.
 */
export function stepAsAsked(step: SignInStep, options: readonly FactorKind[] | undefined, force: boolean): SignInStep | undefined {
  const anyOf = options === undefined ? step.anyOf : step.anyOf.filter((kind) => options.includes(kind))
  if (anyOf.length === 0) return undefined
  const enrollable = anyOf.some((kind) => FACTORS[kind].enrolledOnTheWay)
  const ifNotEnrolled = step.ifNotEnrolled === 'skip' ? (enrollable ? 'enrol' : 'refuse') : step.ifNotEnrolled
  return {
    anyOf,
    ifNotEnrolled: ifNotEnrolled === 'enrol' && !enrollable ? 'refuse' : ifNotEnrolled,
    rememberable: step.rememberable && !force,
  }
}
