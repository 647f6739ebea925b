/** How each factor is used in a sign-in, a row each; a kind's `amr` and place are in `core/factor.ts`. A new one is a file, and a row here. Loaded when a factor is asked for. */
import type { Credential, CredentialKind } from '@gatehouse/core/credential.ts'
import type { FactorUse } from './factor_use.ts'
import { sentCode } from './one_time_password.ts'
import { passkey } from './passkey.ts'
import { push } from './push.ts'
import { recoveryCode } from './recovery_code.ts'
import { totp } from './totp.ts'
import { x509 } from './x509.ts'

const USES: { readonly [K in CredentialKind]: FactorUse<Extract<Credential, { kind: K }>> } = {
  passkey,
  totp,
  email_otp: sentCode,
  sms_otp: sentCode,
  recovery_code: recoveryCode,
  x509,
  push,
}

export function factorUseOf<C extends Credential>({ kind }: C): FactorUse<C> {
  // The row of its own kind, which the table's type says and TypeScript cannot follow.
  return USES[kind] as unknown as FactorUse<C>
}
