/**
 * The KeyVault of production: a data key that KMS sealed lies in the table, and each container has KMS open it once. Signing keys are thus used in the
 * function itself, without a call of KMS for each signature.
 */

import { isConflict } from '@gatehouse/core/table_error.ts'
import type { Table } from '@gatehouse/ports/table.ts'
import type { AwsAccess } from '../aws/aws_access.ts'
import { openAwsJson } from '../aws/open_aws_json.ts'
import { type CloudVault, openCloudVault, VaultIsEmpty } from '../key_vault/cloud_vault.ts'

export type KmsVaultOptions = { readonly access: AwsAccess; readonly keyArn: string; readonly table: Table }

/** The house's own item: no tenant's, so it stands under no tenant's key. */
const PLACE = { pk: 'house', sk: 'VAULT' } as const
/** Authenticated by KMS: what was sealed for something else does not open as our master key. */
const CONTEXT = { purpose: 'gatehouse-vault' } as const

export function openKmsVault({ access, keyArn, table }: KmsVaultOptions): CloudVault {
  const kms = openAwsJson({ access, service: 'KMS', target: 'TrentService', version: '1.1' })

  const findSealed = async (): Promise<string | undefined> => {
    const { item } = await table.get(PLACE, { consistent: true })
    return typeof item?.sealed === 'string' ? item.sealed : undefined
  }
  const loadMaster = async (): Promise<Uint8Array> => {
    const sealed = await findSealed()
    if (sealed === undefined)
      throw new VaultIsEmpty('The table holds no master key: the deployment\'s last step (operate, action "ensure") makes it.')
    const { Plaintext } = await kms<{ Plaintext: string }>('Decrypt', { KeyId: keyArn, CiphertextBlob: sealed, EncryptionContext: CONTEXT })
    return Buffer.from(Plaintext, 'base64')
  }

  const ensure = async (): Promise<void> => {
    if (await findSealed()) return
    const made = await kms<{ CiphertextBlob: string }>('GenerateDataKeyWithoutPlaintext', {
      KeyId: keyArn,
      KeySpec: 'AES_256',
      EncryptionContext: CONTEXT,
    })
    try {
      await table.put({ ...PLACE, sealed: made.CiphertextBlob }, [{ attribute: 'pk', is: 'absent' }])
    } catch (error) {
      if (!isConflict(error)) throw error
    }
  }

  return openCloudVault(loadMaster, ensure)
}
