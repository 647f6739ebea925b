/**
 * The port FrontDoor over CloudFront. A host is let in by two things: a distribution tenant (its certificate, its place at the edge) and the key `host:{host}`
 * that our function in CloudFront reads the tenant from. The key is what decides; it is taken away first and given last.
 */
import { IamError } from '@gatehouse/core/error.ts'
import type { FrontDoor, HostState } from '@gatehouse/ports/front_door.ts'
import type { AwsAccess } from '../aws/aws_access.ts'
import { isAwsError } from '../aws/aws_error.ts'
import { type DistributionTenant, openDistributionTenants } from './distribution_tenants.ts'
import { openKeyValues } from './key_values.ts'

export type CloudFrontDoorOptions = {
  readonly access: AwsAccess
  /** The multi-tenant distribution's id. */
  readonly distribution: string
  readonly connectionGroup: string
  /** Where the connection group is reached: `d111.cloudfront.net`. */
  readonly target: string
  /** The arn of the function's key-value store. */
  readonly keyValueStore: string
}

const ISSUED = 'issued'
const FAILED: ReadonlySet<string> = new Set(['failed', 'validation-timed-out', 'revoked', 'expired', 'inactive'])

export function openCloudFrontDoor(options: CloudFrontDoorOptions): FrontDoor {
  const tenants = openDistributionTenants(options)
  const keyValues = openKeyValues(options.access, options.keyValueStore)
  const keyOf = (host: string) => `host:${host}`

  /** The certificate is asked for when the tenant is made, and put on it once it was issued. */
  async function goOn(host: string, tenant: DistributionTenant): Promise<HostState> {
    if (tenant.certificateArn !== undefined)
      return tenant.status === 'Deployed' && tenant.domainStatus === 'active' ? { kind: 'active' } : { kind: 'creating' }
    const certificate = await tenants.findCertificate(host)
    if (certificate?.status === ISSUED && certificate.arn !== undefined)
      await tenants.update(tenant, host, { enabled: true, certificateArn: certificate.arn })
    return certificate && FAILED.has(certificate.status)
      ? { kind: 'failed', because: `the certificate could not be had (${certificate.status}): does the host lead to ${options.target}?` }
      : { kind: 'creating' }
  }

  return {
    findTarget: async () => options.target,
    async add(host, tenantId) {
      const before = await tenants.find(host)
      if (!before) await tenants.create(host).catch(refusing)
      else if (!before.enabled)
        await tenants.update(before, host, {
          enabled: true,
          ...(before.certificateArn === undefined ? {} : { certificateArn: before.certificateArn }),
        })
      await keyValues.put(keyOf(host), tenantId)
    },
    async state(host) {
      const tenant = await tenants.find(host)
      return tenant ? goOn(host, tenant) : { kind: 'absent' }
    },
    async remove(host, tenantId) {
      if (!(await keyValues.removeIf(keyOf(host), tenantId))) return
      const tenant = await tenants.find(host)
      if (!tenant) return
      if (tenant.enabled) await tenants.update(tenant, host, { enabled: false })
      // It can go only once the edge has forgotten it; until then it lies there shut, and is used again where the host is added again.
      const shut = await tenants.find(host)
      if (shut) await tenants.remove(shut).catch(ignoring('ResourceNotDisabled', 'PreconditionFailed', 'ResourceInUse', 'IllegalUpdate'))
    },
  }
}

/** What CloudFront may answer to a new host, and what its tenant is told. */
const REFUSALS: Readonly<Record<string, () => IamError | undefined>> = {
  // By another call of ours, a moment ago.
  EntityAlreadyExists: () => undefined,
  CNAMEAlreadyExists: () => new IamError('conflict', 'CloudFront serves this host for another distribution; take it away there first'),
  EntityLimitExceeded: () =>
    new IamError('unavailable', 'the house cannot take more hosts at the moment; its operator has to raise a limit'),
}

function refusing(error: unknown): void {
  const refusal = isAwsError(error) && Object.hasOwn(REFUSALS, error.code) ? REFUSALS[error.code] : undefined
  if (!refusal) throw error
  const told = refusal()
  if (told) throw told
}

function ignoring(...codes: readonly string[]): (error: unknown) => void {
  return (error) => {
    if (!isAwsError(error, ...codes)) throw error
  }
}
