/** Tells whoever keeps the person's passkeys which of them are accepted, and what the person is called: WebAuthn Level 3 section 5.1.10. Browsers that know nothing of it stay as they are. */
import type { MyCredentials, PasskeySignals } from '@gatehouse/core/my_account.ts'
import type { Api } from './api.ts'

export async function keepPasskeysInStep(signals: PasskeySignals | undefined): Promise<void> {
  if (signals === undefined || !takesSignals()) return
  const { rpId, userId, name, displayName } = signals
  try {
    await PublicKeyCredential.signalAllAcceptedCredentials({
      rpId,
      userId,
      allAcceptedCredentialIds: [...signals.allAcceptedCredentialIds],
    })
    await PublicKeyCredential.signalCurrentUserDetails({ rpId, userId, name, displayName })
  } catch {
    // A hint: what the browser does not take is no loss to the person.
  }
}

/** After something that is not about passkeys, and yet stands on them. */
export async function passkeysAfterProfile(api: Pick<Api, 'get'>): Promise<void> {
  if (!takesSignals()) return
  const { passkeySignals } = await api.get<MyCredentials>('/credentials')
  await keepPasskeysInStep(passkeySignals)
}

function takesSignals(): boolean {
  return 'PublicKeyCredential' in window && 'signalAllAcceptedCredentials' in PublicKeyCredential
}
