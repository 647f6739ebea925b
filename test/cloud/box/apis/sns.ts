/** SNS: text messages to phone numbers, and topics that hand what they get to queues. */
import { randomUUID } from 'node:crypto'
import { type Api, AwsError, type Input, textOf } from '../aws/api.ts'
import { queryProtocol } from '../aws/protocols.ts'
import type { Authority, Principal } from '../iam/authority.ts'
import type { Queues } from './queues.ts'

export type SentText = { readonly to: string; readonly text: string; readonly attributes: Readonly<Record<string, string>> }
export type Subscription = { readonly topicArn: string; readonly queueArn: string; readonly raw: boolean }

export type Topics = {
  /** Throws where the topic's policy does not let `principal` publish. */
  publish(topicArn: string, message: string, principal: Principal, context?: Readonly<Record<string, string>>): string
}

export type SnsOptions = { readonly topics: Topics; readonly optedOut: ReadonlySet<string>; readonly sent: (text: SentText) => void }

export function openTopics(
  topicArns: readonly string[],
  subscriptions: readonly Subscription[],
  queues: Queues,
  authority: Authority,
): Topics {
  return {
    publish(topicArn, message, principal, context = {}) {
      if (!topicArns.includes(topicArn)) throw new AwsError('NotFoundException', 'Topic does not exist', 404)
      const verdict = authority.judge(principal, { action: 'sns:Publish', resource: topicArn, context })
      if (!verdict.allowed) throw new AwsError('AuthorizationErrorException', `may not publish to ${topicArn} ${verdict.reason}`, 403)
      const id = randomUUID()
      for (const { queueArn, raw } of subscriptions.filter((one) => one.topicArn === topicArn)) {
        const need = { action: 'sqs:SendMessage', resource: queueArn, context: { 'aws:sourcearn': topicArn } }
        // SNS says nothing to the publisher of a queue that refuses it: the message is gone.
        if (!authority.judge({ kind: 'service', name: 'sns.amazonaws.com' }, need).allowed) continue
        const envelope = { Type: 'Notification', MessageId: id, TopicArn: topicArn, Message: message, Timestamp: new Date().toISOString() }
        queues.byArn(queueArn)?.send(raw ? message : JSON.stringify(envelope))
      }
      return id
    },
  }
}

export function snsApi({ topics, optedOut, sent }: SnsOptions): Api {
  return {
    prefix: 'sns',
    protocol: queryProtocol('http://sns.amazonaws.com/doc/2010-03-31/'),
    denial: { code: 'AuthorizationError', status: 403 },
    operations: {
      Publish: {
        // A phone number is a resource without an ARN: only `*` covers it.
        needs: ({ input }) => (input.PhoneNumber === undefined ? [] : [{ action: 'sns:Publish', resource: textOf(input, 'PhoneNumber') }]),
        run: ({ input, caller }) => {
          const message = textOf(input, 'Message')
          if (input.PhoneNumber === undefined) return { MessageId: topics.publish(textOf(input, 'TopicArn'), message, caller) }
          const to = textOf(input, 'PhoneNumber')
          if (!/^\+[1-9]\d{5,14}$/.test(to))
            throw new AwsError('InvalidParameter', `Invalid parameter: PhoneNumber Reason: ${to} is not valid`)
          // AWS takes it and delivers nothing.
          if (!optedOut.has(to)) sent({ to, text: message, attributes: attributesOf(input) })
          return { MessageId: randomUUID() }
        },
      },
      CheckIfPhoneNumberIsOptedOut: {
        needs: ({ input }) => [{ action: 'sns:CheckIfPhoneNumberIsOptedOut', resource: textOf(input, 'phoneNumber') }],
        run: ({ input }) => ({ isOptedOut: optedOut.has(textOf(input, 'phoneNumber')) }),
      },
      GetSMSAttributes: {
        needs: () => [{ action: 'sns:GetSMSAttributes', resource: '*' }],
        run: () => ({}),
      },
    },
  }
}

/** `MessageAttributes.entry.N.Name` and `.Value.StringValue`, as the query protocol flattens a map. */
function attributesOf(input: Input): Record<string, string> {
  const names = Object.entries(input).filter(([field]) => /^MessageAttributes\.entry\.\d+\.Name$/.test(field))
  return Object.fromEntries(names.map(([field, name]) => [String(name), String(input[field.replace(/Name$/, 'Value.StringValue')])]))
}
