/** The switch `waf`: at six dollars a month and one per million requests, for those who must have it. */
import { named } from './names.ts'

const REQUESTS_IN_FIVE_MINUTES = 3_000

export function createFirewall(): $util.Output<string> {
  const seen = (metricName: string) => ({ cloudwatchMetricsEnabled: true, sampledRequestsEnabled: false, metricName })
  return new aws.wafv2.WebAcl('Firewall', {
    region: 'us-east-1',
    name: named('firewall'),
    scope: 'CLOUDFRONT',
    defaultAction: { allow: {} },
    visibilityConfig: seen(named('firewall')),
    rules: [
      {
        name: 'too-many',
        priority: 1,
        action: { block: {} },
        statement: { rateBasedStatement: { limit: REQUESTS_IN_FIVE_MINUTES, aggregateKeyType: 'IP' } },
        visibilityConfig: seen('too-many'),
      },
      {
        name: 'known-bad',
        priority: 2,
        overrideAction: { none: {} },
        statement: { managedRuleGroupStatement: { vendorName: 'AWS', name: 'AWSManagedRulesAmazonIpReputationList' } },
        visibilityConfig: seen('known-bad'),
      },
    ],
  }).arn
}
