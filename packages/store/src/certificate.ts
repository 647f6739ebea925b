/** Certificates that people enrolled: whose one is, by its thumbprint. One that somebody has is nobody else's. */
import type { X509Credential } from '@gatehouse/core/credential.ts'
import type { CredentialId, UserId } from '@gatehouse/core/ids.ts'
import type { Key, Write } from '@gatehouse/ports/table.ts'
import { ABSENT, fromItem, toItem } from './item.ts'
import type { Shelf } from './shelf.ts'

export type CertificateHolder = { readonly userId: UserId; readonly id: CredentialId }

export function certificateStore(shelf: Shelf) {
  return {
    async findHolder(thumbprint: string): Promise<CertificateHolder | undefined> {
      const { item } = await shelf.table.get(certificateKey(shelf, { thumbprint }))
      return item && fromItem<CertificateHolder>(item)
    },
  }
}

/** Writes that stand in the transaction which adds or removes the credential itself. */
export function certificateHolder(shelf: Shelf) {
  return {
    holdWrite: (credential: Pick<X509Credential, 'thumbprint' | 'id'>, userId: UserId): Write => ({
      put: toItem(certificateKey(shelf, credential), { userId, id: credential.id } satisfies CertificateHolder),
      condition: ABSENT,
    }),
    releaseWrite: (credential: Pick<X509Credential, 'thumbprint' | 'id'>): Write => ({
      remove: certificateKey(shelf, credential),
      condition: [{ attribute: 'id', is: 'equal', value: credential.id }],
    }),
  }
}

export function certificateKey({ keys }: Pick<Shelf, 'keys'>, { thumbprint }: Pick<X509Credential, 'thumbprint'>): Key {
  return { pk: keys.certificate(thumbprint), sk: 'M' }
}
