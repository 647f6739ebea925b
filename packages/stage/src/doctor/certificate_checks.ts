/** The host where browsers show certificates (decision 0051): its distribution, and the way from its function at the edge to the house. */
import type { DistributionConfig } from '@aws-sdk/client-cloudfront'
import type { StageOutputs } from '../outputs.ts'
import { CERTIFICATE_DAYS, lookAt } from './ask.ts'
import type { Check } from './check.ts'
import { lookAtDistribution } from './distribution.ts'

const NONE = { state: 'good', found: 'this stage has none' } as const
/** What the house says to who comes there by themselves. */
const BY_ITSELF = 'This address does nothing by itself.'

export const CERTIFICATE_CHECKS: readonly Check<StageOutputs>[] = [
  {
    name: 'Certificates: host',
    asked: 'GET {certificates’ host}/t/main/certificate',
    good: `the house answers behind the function at the edge, with a certificate that is good for ${CERTIFICATE_DAYS} days and more`,
    todo: 'a name that is not found: the record of the host (docs/deploy.md, step 4); 404: the function at the edge is not that of this host, 403 or 503: it and the house do not know each other’s secret: deploy the stage again',
    look: async ({ certificateOrigin }) =>
      certificateOrigin === undefined ? NONE : lookAt(`${certificateOrigin}/t/main/certificate`, certificateOrigin, hostProblem),
  },
  {
    name: 'Certificates: distribution',
    asked: 'cloudfront:GetDistribution',
    good: 'enabled and deployed everywhere; it asks for a certificate, hands on every one, and our function sees each request first',
    todo: 'InProgress: wait up to 15 minutes. Anything else was changed by hand: deploy the stage again; until then certificates sign nobody in',
    look: async ({ certificatesDistribution, region }) =>
      certificatesDistribution === undefined ? NONE : lookAtDistribution(certificatesDistribution, region, doorProblem),
  },
]

/** 400 and this sentence come from the function `authorize`: the edge knew the host, and the door believed the edge. */
function hostProblem(status: number, text: string): string | undefined {
  if (status !== 400) return `answers ${status}`
  return text.startsWith(BY_ITSELF) ? undefined : 'answers as something else, not as this house'
}

function doorProblem({ ViewerMtlsConfig, DefaultCacheBehavior }: DistributionConfig): string | undefined {
  if (ViewerMtlsConfig?.Mode !== 'passthrough')
    return `asks for certificates in the mode ${ViewerMtlsConfig?.Mode ?? 'none'}, not passthrough`
  const functions = DefaultCacheBehavior?.FunctionAssociations?.Items ?? []
  return functions.some(({ EventType }) => EventType === 'viewer-request') ? undefined : 'has no function at the edge'
}
