/** The Texter over SNS: one transactional SMS to one number. SNS speaks the query protocol: a form goes there, XML comes back. */
import type { Texter } from '@gatehouse/ports/texter.ts'
import type { AwsAccess } from '../aws/aws_access.ts'
import { openAwsCaller } from '../aws/open_aws_caller.ts'

export type SnsTexterOptions = {
  readonly access: AwsAccess
  /** A sender id, or the number that it comes from (E.164). */
  readonly sender?: string | undefined
  /** US dollars; SNS sends none that is dearer. */
  readonly maximumPrice?: string
  readonly whenLost?: 'resend' | 'give_up'
}

export function openSnsTexter({ access, sender, maximumPrice = '0.50', whenLost = 'resend' }: SnsTexterOptions): Texter {
  const call = openAwsCaller({ access, service: 'SNS', whenLost, timeoutMilliseconds: 8_000 })
  const attributes: Readonly<Record<string, readonly [type: 'String' | 'Number', value: string]>> = {
    'AWS.SNS.SMS.SMSType': ['String', 'Transactional'],
    'AWS.SNS.SMS.MaxPrice': ['Number', maximumPrice],
    ...(sender === undefined ? {} : senderAttribute(sender)),
  }
  return {
    async send({ to, text }) {
      const form = new URLSearchParams({ Action: 'Publish', Version: '2010-03-31', PhoneNumber: to, Message: text })
      Object.entries(attributes).forEach(([name, [type, value]], at) => {
        const entry = `MessageAttributes.entry.${at + 1}`
        form.set(`${entry}.Name`, name)
        form.set(`${entry}.Value.DataType`, type)
        form.set(`${entry}.Value.StringValue`, value)
      })
      await call({ headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }, body: form.toString() })
    },
  }
}

function senderAttribute(sender: string): Record<string, readonly ['String', string]> {
  return sender.startsWith('+') ? { 'AWS.MM.SMS.OriginationNumber': ['String', sender] } : { 'AWS.SNS.SMS.SenderID': ['String', sender] }
}
