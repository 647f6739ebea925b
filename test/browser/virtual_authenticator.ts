/** Chromium's own authenticator that is no device (WebDriver's virtual authenticator, by CDP): it makes and uses passkeys as a phone or a laptop would. */
import type { CDPSession, Page } from 'playwright-core'

export type VirtualAuthenticator = {
  /** Whether a finger is laid on it when it asks; else it waits, and the person may give up. */
  touches(yes: boolean): Promise<void>
  /** Whether the finger is the right one. */
  verifies(yes: boolean): Promise<void>
  passkeys(): Promise<StoredPasskey[]>
  /** Puts one there, as from another device. */
  add(passkey: StoredPasskey): Promise<void>
  clear(): Promise<void>
}

/** As CDP has it. */
export type StoredPasskey = {
  readonly credentialId: string
  readonly isResidentCredential: boolean
  readonly rpId?: string
  readonly privateKey: string
  readonly userHandle?: string
  readonly signCount: number
}

export async function addVirtualAuthenticator(page: Page): Promise<VirtualAuthenticator> {
  const cdp: CDPSession = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    touches: (enabled) => cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled }).then(nothing),
    verifies: (isUserVerified) => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }).then(nothing),
    passkeys: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    add: (credential) => cdp.send('WebAuthn.addCredential', { authenticatorId, credential }).then(nothing),
    clear: () => cdp.send('WebAuthn.clearCredentials', { authenticatorId }).then(nothing),
  }
}

function nothing(): void {}
