/** What seals the tenants' keys: a key of KMS, or, where a dollar a month is too much, a parameter that the function `operate` makes (so that no state file knows it). */
import { type Given, isOn } from './functions.ts'
import { arnOf, currentAccount, named } from './names.ts'

export type Vault = {
  /** As `GATEHOUSE_VAULT` says it. */
  readonly address: $util.Input<string>
  readonly key: aws.kms.Key | undefined
  readonly parameterArn: $util.Output<string> | undefined
}

export function createVault(options: Given): Vault {
  if (options.stage.vault === 'ssm') {
    const name = `/${$app.name}/${$app.stage}/vault`
    return { address: `ssm:${name}`, key: undefined, parameterArn: arnOf('ssm', `parameter${name}`) }
  }
  const replicated = isOn('replicas', options)
  const key = new aws.kms.Key(
    'VaultKey',
    {
      description: `${named('vault')}: seals the key that seals the tenants' keys`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      multiRegion: replicated,
      // the account says by IAM who may use it, as for any key that is made by hand
      policy: $jsonStringify({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'Account',
            Effect: 'Allow',
            Principal: { AWS: $interpolate`arn:aws:iam::${currentAccount()}:root` },
            Action: 'kms:*',
            Resource: '*',
          },
        ],
      }),
    },
    // without it everything that was sealed is lost
    { retainOnDelete: options.stage.keepsData, protect: options.stage.kind === 'production' },
  )
  new aws.kms.Alias('VaultAlias', { name: `alias/${named('vault')}`, targetKeyId: key.keyId })
  if (replicated) {
    new aws.kms.ReplicaKey('VaultReplica', { region: options.settings.replicaRegion, primaryKeyArn: key.arn, description: named('vault') })
  }
  return { address: $interpolate`kms:${key.arn}`, key, parameterArn: undefined }
}
