/**
 * The Texter over SNS: one transactional SMS to one number. SNS speaks the query protocol: a form goes there, XML comes back. It takes messages to who answered
 * STOP as well, bills nothing and delivers nothing: so it is asked before.
 */
import { IamError } from '@gatehouse/core/error.ts'
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
  const ask = async (form: URLSearchParams): Promise<string> => {
    form.set('Version', '2010-03-31')
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
    return (await call({ headers, body: form.toString() })).text
  }
  return {
    async send({ to, text }) {
      const known = await ask(new URLSearchParams({ Action: 'CheckIfPhoneNumberIsOptedOut', phoneNumber: to }))
      if (/<isOptedOut>\s*true\s*</.test(known)) throw new IamError('access_denied', 'the receiver has asked for no messages')
      const form = new URLSearchParams({ Action: 'Publish', PhoneNumber: to, Message: text })
      Object.entries(attributes).forEach(([name, [type, value]], at) => {
        const entry = `MessageAttributes.entry.${at + 1}`
        form.set(`${entry}.Name`, name)
        form.set(`${entry}.Value.DataType`, type)
        form.set(`${entry}.Value.StringValue`, value)
      })
      await ask(form)
    },
  }
}

function senderAttribute(sender: string): Record<string, readonly ['String', string]> {
  return sender.startsWith('+') ? { 'AWS.MM.SMS.OriginationNumber': ['String', sender] } : { 'AWS.SNS.SMS.SenderID': ['String', sender] }
}
