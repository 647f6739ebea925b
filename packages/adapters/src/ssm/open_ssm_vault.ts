/** The KeyVault of personal stages: the master key is a SecureString parameter, which costs nothing by the month. */
import { randomBytes } from 'node:crypto'
import type { AwsAccess } from '../aws/aws_access.ts'
import { isAwsError } from '../aws/aws_error.ts'
import { openAwsJson } from '../aws/open_aws_json.ts'
import { type CloudVault, openCloudVault, VaultIsEmpty } from '../key_vault/cloud_vault.ts'
import { MASTER_KEY_BYTES } from '../key_vault/with_master_key.ts'

export type SsmVaultOptions = { readonly access: AwsAccess; readonly parameterName: string }

export function openSsmVault({ access, parameterName }: SsmVaultOptions): CloudVault {
  const ssm = openAwsJson({ access, service: 'SSM', target: 'AmazonSSM', version: '1.1' })

  const loadMaster = async (): Promise<Uint8Array> => {
    const found = await ssm<{ Parameter: { Value: string } }>('GetParameter', { Name: parameterName, WithDecryption: true }).catch(
      (error) => {
        if (!isAwsError(error, 'ParameterNotFound')) throw error
        throw new VaultIsEmpty(`There is no parameter ${parameterName}: the deployment's last step (operate, action "ensure") makes it.`)
      },
    )
    const master = Buffer.from(found.Parameter.Value, 'base64')
    if (master.length !== MASTER_KEY_BYTES)
      throw new Error(`The parameter ${parameterName} holds ${master.length} bytes, not ${MASTER_KEY_BYTES}. Restore it from its history.`)
    return master
  }

  const ensure = async (): Promise<void> => {
    const Value = randomBytes(MASTER_KEY_BYTES).toString('base64')
    try {
      await ssm('PutParameter', { Name: parameterName, Type: 'SecureString', Value, Overwrite: false })
    } catch (error) {
      if (!isAwsError(error, 'ParameterAlreadyExists')) throw error
    }
  }

  return openCloudVault(loadMaster, ensure)
}
