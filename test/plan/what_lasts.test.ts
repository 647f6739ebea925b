/** Encryption, recovery, retention, dead letters, alarms: what nobody misses until it is missing. */
import { describe, expect, test } from 'vitest'
import { FUNCTIONS } from '../../infra/function_table.ts'
import { PLANNED_STAGES } from '../../infra/plan/planned_stages.ts'
import { describePlans, input, ofType, resource } from './plans.ts'

const KEPT = ['staging', 'production', 'production_with_domain', 'everything_on'] as const

describePlans('the data', (plans) => {
  test.each(KEPT)('of %s outlives sst remove and mistakes, and can be put back', (stage) => {
    const table = resource(plans[stage], 'TableTable')

    expect(table.inputs).toMatchObject({
      deletionProtectionEnabled: true,
      pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 35 },
    })
    expect(table.retain).toBe(true)
    expect(resource(plans[stage], 'VaultKey').retain).toBe(true)
    expect(resource(plans[stage], 'Failures').retain).toBe(true)
  })

  test('of production is also protected from sst itself', () => {
    expect(resource(plans.production, 'TableTable').protect).toBe(true)
    expect(resource(plans.production, 'VaultKey').protect).toBe(true)
    expect(plans.production.outputs._protect).toBe(true)
  })

  test('of a personal stage goes with it', () => {
    expect(resource(plans.personal, 'TableTable')).toMatchObject({
      retain: false,
      protect: false,
      inputs: { deletionProtectionEnabled: false },
    })
  })

  test.each(PLANNED_STAGES)('has a stream, an expiry and the index of the house in %s', (stage) => {
    expect(resource(plans[stage], 'TableTable').inputs).toMatchObject({
      billingMode: 'PAY_PER_REQUEST',
      hashKey: 'pk',
      rangeKey: 'sk',
      streamEnabled: true,
      streamViewType: 'NEW_AND_OLD_IMAGES',
      ttl: { attributeName: 'ttl', enabled: true },
      globalSecondaryIndexes: [{ name: 'sparse', hashKey: 'ipk', rangeKey: 'isk', projectionType: 'INCLUDE', nonKeyAttributes: ['label'] }],
    })
  })
})

describePlans('what is stored elsewhere', (plans) => {
  describe.each(PLANNED_STAGES)('in %s', (stage) => {
    const plan = plans[stage]

    test('is encrypted, and never public', () => {
      for (const bucket of ofType(plan, 'aws:s3/bucket:Bucket')) {
        const about = plan.resources.filter(({ inputs }) => inputs.bucket === bucket.id)
        const closed = about.find(({ type }) => type === 'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock')
        expect(closed?.inputs, bucket.name).toMatchObject({
          blockPublicAcls: true,
          blockPublicPolicy: true,
          ignorePublicAcls: true,
          restrictPublicBuckets: true,
        })
        expect(
          about.map(({ type }) => type),
          bucket.name,
        ).toContain('aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration')
      }
      for (const queue of ofType(plan, 'aws:sqs/queue:Queue')) expect(queue.inputs.sqsManagedSseEnabled, queue.name).toBe(true)
      for (const key of ofType(plan, 'aws:kms/key:Key')) expect(key.inputs.enableKeyRotation, key.name).toBe(true)
    })

    test('is not kept for ever: logs and failures end', () => {
      const logs = ofType(plan, 'aws:cloudwatch/logGroup:LogGroup')
      expect(logs).toHaveLength(FUNCTIONS.length + 1)
      for (const log of logs) expect(log.inputs.retentionInDays, log.name).toBe({ personal: 7, staging: 30 }[stage as string] ?? 90)
      expect(input(resource(plan, 'FailuresEnd'), 'rules.0.expiration.days')).toBe(90)
    })

    test('knows nothing of what people wrote: executions are logged without their data', () => {
      expect(resource(plan, 'Approval').inputs.loggingConfiguration).toMatchObject({ includeExecutionData: false, level: 'ERROR' })
    })
  })
})

describePlans('what fails', (plans) => {
  test.each(PLANNED_STAGES)('waits for a person in %s', (stage) => {
    const plan = plans[stage]
    const dead = Object.fromEntries(['MessagesDead', 'FeedbackDead'].map((name) => [resource(plan, name).outputs.arn, name]))

    for (const name of ['Messages', 'Feedback']) {
      const redrive = JSON.parse(String(resource(plan, name).inputs.redrivePolicy))
      expect(dead[redrive.deadLetterTargetArn]).toBe(`${name}Dead`)
      expect(redrive.maxReceiveCount).toBeGreaterThan(1)
      expect(Number(resource(plan, name).inputs.visibilityTimeoutSeconds)).toBeGreaterThanOrEqual(
        6 * Number(resource(plan, 'DeliverFunction').inputs.timeout),
      )
      expect(resource(plan, `${name}ToDeliver`).inputs.functionResponseTypes).toEqual(['ReportBatchItemFailures'])
    }
    expect(resource(plan, 'StreamToRelay').inputs).toMatchObject({
      functionResponseTypes: ['ReportBatchItemFailures'],
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: 5,
      destinationConfig: { onFailure: { destinationArn: resource(plan, 'Failures').outputs.arn } },
    })
  })

  test('by no event is relay called where a write carries none', () => {
    const filters = input(resource(plans.production, 'StreamToRelay'), 'filterCriteria.filters') as { pattern: string }[]
    expect(filters.map(({ pattern }) => JSON.parse(pattern))).toEqual([
      { dynamodb: { NewImage: { event: { M: { id: { S: [{ exists: true }] } } } } } },
    ])
  })

  test.each(KEPT)('wakes somebody in %s', (stage) => {
    const plan = plans[stage]
    const alarms = ofType(plan, 'aws:cloudwatch/metricAlarm:MetricAlarm')
    const names = alarms.map(({ inputs }) => String(inputs.name).replace(`gatehouse-${plan.stage}-`, ''))

    expect(names.sort()).toEqual(
      [
        'approvals-failed',
        'feedback-dead',
        'messages-dead',
        'relay-age',
        'relay-failures',
        'table-throttled',
        ...FUNCTIONS.map((name) => `${name}-errors`),
      ].sort(),
    )
    for (const alarm of alarms) {
      expect(alarm.inputs.alarmActions, alarm.name).toEqual([resource(plan, 'Alarms').outputs.arn])
      // a metric by tenant would cost more than all else
      expect(JSON.stringify(alarm.inputs.dimensions)).not.toMatch(/tenant/i)
    }
  })

  test('a personal stage wakes nobody', () => {
    expect(ofType(plans.personal, 'aws:cloudwatch/metricAlarm:MetricAlarm')).toEqual([])
  })

  test('an execution that ended badly wakes the sweeper, and so does the clock', () => {
    const plan = plans.production
    const sweep = resource(plan, 'SweepFunction').outputs.arn

    expect(JSON.parse(String(resource(plan, 'SweepFailed').inputs.eventPattern))).toMatchObject({
      source: ['aws.states'],
      detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'], stateMachineArn: [resource(plan, 'Approval').outputs.arn] },
    })
    expect(resource(plan, 'SweepSchedule').inputs.scheduleExpression).toBe('rate(15 minutes)')
    for (const target of ['SweepFailedTarget', 'SweepScheduleTarget']) expect(resource(plan, target).inputs.arn).toBe(sweep)
  })

  test('bounces and complaints come back to deliver', () => {
    const plan = plans.production

    expect(input(resource(plan, 'MailFeedback'), 'eventDestination')).toMatchObject({
      enabled: true,
      matchingEventTypes: ['BOUNCE', 'COMPLAINT'],
      snsDestination: { topicArn: resource(plan, 'FeedbackTopic').outputs.arn },
    })
    expect(resource(plan, 'FeedbackSubscription').inputs).toMatchObject({
      protocol: 'sqs',
      endpoint: resource(plan, 'Feedback').outputs.arn,
    })
    expect(resource(plan, 'FeedbackToDeliver').inputs.eventSourceArn).toBe(resource(plan, 'Feedback').outputs.arn)
  })
})
