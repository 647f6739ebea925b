/** What can be one person's only: an item says whose a passkey or a certificate is, and stands and goes with the credential itself. */
import type { Credential, RecoveryCodes } from '@gatehouse/core/credential.ts'
import type { UserId } from '@gatehouse/core/ids.ts'
import type { Item, Key, Write } from '@gatehouse/ports/table.ts'
import { certificateHolder, certificateKey } from './certificate.ts'
import { fromItem } from './item.ts'
import { passkeyHolder, passkeyKey, passkeyOf } from './passkey.ts'
import type { Shelf } from './shelf.ts'

type Added = Exclude<Credential, RecoveryCodes> | Pick<RecoveryCodes, 'kind'>

export function credentialHolder(shelf: Shelf) {
  const passkeys = passkeyHolder(shelf)
  const certificates = certificateHolder(shelf)
  return {
    holdWrites(credential: Added, userId: UserId): Write[] {
      if (credential.kind === 'passkey') return [passkeys.holdWrite(credential, userId)]
      return credential.kind === 'x509' ? [certificates.holdWrite(credential, userId)] : []
    },
    releaseWrites(credential: Credential): Write[] {
      if (credential.kind === 'passkey') return [passkeys.releaseWrite(credential)]
      return credential.kind === 'x509' ? [certificates.releaseWrite(credential)] : []
    },
    /** Of a stored credential, as it is removed with its person. */
    keyOf(item: Item): Key | undefined {
      if (item.sk.startsWith('A#CRED#passkey#')) return passkeyKey(shelf, passkeyOf(item))
      return item.sk.startsWith('A#CRED#x509#') ? certificateKey(shelf, fromItem<{ thumbprint: string }>(item)) : undefined
    },
  }
}
