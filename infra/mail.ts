/** SES: who we send as, and what comes back. Needs a domain; a house without one sends no mail until it has. */
import { currentAccount, named } from './names.ts'
import type { Queue } from './queues.ts'
import type { Settings } from './settings.ts'

export type Mail = {
  readonly configurationSet: aws.sesv2.ConfigurationSet
  /** Absent without a domain. */
  readonly identity: aws.sesv2.EmailIdentity | undefined
}

export function createMail(settings: Settings, feedback: Queue): Mail {
  const configurationSet = new aws.sesv2.ConfigurationSet('Mail', {
    configurationSetName: named('mail'),
    deliveryOptions: { tlsPolicy: 'REQUIRE' },
    reputationOptions: { reputationMetricsEnabled: false },
    // the house marks such addresses itself, and says so to the person; SES's list is the second net
    suppressionOptions: { suppressedReasons: ['BOUNCE', 'COMPLAINT'] },
  })
  const { topic, allowed } = createFeedbackTopic(feedback)
  new aws.sesv2.ConfigurationSetEventDestination(
    'MailFeedback',
    {
      configurationSetName: configurationSet.configurationSetName,
      eventDestinationName: 'feedback',
      eventDestination: { enabled: true, matchingEventTypes: ['BOUNCE', 'COMPLAINT'], snsDestination: { topicArn: topic.arn } },
    },
    // SES tries the topic when it is named
    { dependsOn: [allowed] },
  )
  return { configurationSet, identity: settings.mailDomain ? createIdentity(settings.mailDomain, settings, configurationSet) : undefined }
}

function createIdentity(domain: string, { hostedZone, baseDomain }: Settings, set: aws.sesv2.ConfigurationSet): aws.sesv2.EmailIdentity {
  const identity = new aws.sesv2.EmailIdentity('MailDomain', {
    emailIdentity: domain,
    configurationSetName: set.configurationSetName,
    dkimSigningAttributes: { nextSigningKeyLength: 'RSA_2048_BIT' },
  })
  if (!hostedZone || !(domain === baseDomain || domain.endsWith(`.${hostedZone}`) || domain === hostedZone)) return identity
  const { zoneId } = aws.route53.getZoneOutput({ name: hostedZone })
  for (const index of [0, 1, 2]) {
    const token = identity.dkimSigningAttributes.apply((attributes) => attributes?.tokens?.[index] ?? '')
    new aws.route53.Record(`MailDkim${index + 1}`, {
      zoneId,
      name: $interpolate`${token}._domainkey.${domain}`,
      type: 'CNAME',
      ttl: 1800,
      records: [$interpolate`${token}.dkim.amazonses.com`],
    })
  }
  return identity
}

/** SES tells a topic, the topic the queue: SES knows no queues. */
function createFeedbackTopic({ queue }: Queue) {
  const topic = new aws.sns.Topic('FeedbackTopic', { name: named('feedback') })
  const allowed = new aws.sns.TopicPolicy('FeedbackTopicPolicy', {
    arn: topic.arn,
    policy: $jsonStringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'SesTells',
          Effect: 'Allow',
          Principal: { Service: 'ses.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: topic.arn,
          Condition: { StringEquals: { 'aws:SourceAccount': currentAccount() } },
        },
      ],
    }),
  })
  new aws.sqs.QueuePolicy('FeedbackPolicy', {
    queueUrl: queue.url,
    policy: $jsonStringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'TopicTells',
          Effect: 'Allow',
          Principal: { Service: 'sns.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: queue.arn,
          Condition: { ArnEquals: { 'aws:SourceArn': topic.arn } },
        },
      ],
    }),
  })
  new aws.sns.TopicSubscription('FeedbackSubscription', { topic: topic.arn, protocol: 'sqs', endpoint: queue.arn })
  return { topic, allowed }
}
