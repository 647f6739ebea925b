/** A distribution of CloudFront: does it serve, and everywhere what was deployed last? */
import type { DistributionConfig } from '@aws-sdk/client-cloudfront'
import { clientSettings } from '../clients.ts'
import { asking } from '../refusal.ts'
import type { Finding } from './check.ts'

/** `problemOf`: what is wrong with its settings, if anything is. */
export async function lookAtDistribution(
  id: string,
  region: string,
  problemOf: (config: DistributionConfig) => string | undefined = () => undefined,
): Promise<Finding> {
  const { CloudFrontClient, GetDistributionCommand } = await import('@aws-sdk/client-cloudfront')
  const client = new CloudFrontClient(clientSettings(region))
  const { Distribution } = await asking('read the distribution', () => client.send(new GetDistributionCommand({ Id: id })))
  const { Status, DistributionConfig: config } = Distribution ?? {}
  if (!config?.Enabled) return { state: 'bad', found: `${id} is switched off` }
  const problem = problemOf(config)
  if (problem !== undefined) return { state: 'bad', found: `${id} ${problem}` }
  const names = config.Aliases?.Items?.join(', ') ?? 'no domain of its own'
  return { state: Status === 'Deployed' ? 'good' : 'look', found: `${id} ${Status}; ${names}` }
}
