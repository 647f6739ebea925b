/** SES: `aws-ses-v2-local` takes the mails, once the sender's identity and the configuration set are allowed and the identity is the plan's; what bounces goes to the set's topic. */
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { type Api, AwsError, type Call, type Input, textOf } from '../aws/api.ts'
import { restJsonProtocol } from '../aws/protocols.ts'
import type { Need } from '../iam/authority.ts'
import { bringSesLocal } from '../lay_out_ses.ts'
import type { Topics } from './sns.ts'

export type SentMail = {
  readonly id: string
  readonly to: string
  readonly from: string
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly headers: Readonly<Record<string, string>>
  readonly tags: Readonly<Record<string, string>>
}

export type SesOptions = {
  readonly region: string
  readonly account: string
  /** Domains and addresses that the plan verifies. */
  readonly identities: readonly string[]
  /** Configuration set -> topics that are told of bounces and complaints. */
  readonly feedback: ReadonlyMap<string, readonly string[]>
  readonly topics: Topics
  /** Addresses from which mails come back. */
  readonly bouncing: ReadonlySet<string>
  readonly sent: (mail: SentMail) => void
}

export type Ses = { readonly api: Api; close(): Promise<void> }

export async function openSes(options: SesOptions): Promise<Ses> {
  const openSesLocal = await bringSesLocal()
  const server = await openSesLocal({ host: '127.0.0.1', port: 0 })
  const { port } = server.address() as AddressInfo
  const local = `http://127.0.0.1:${port}`
  const arn = (kind: string, name: string) => `arn:aws:ses:${options.region}:${options.account}:${kind}/${name}`

  const needs = ({ input }: Call): Need[] => {
    const from = addressOf(textOf(input, 'FromEmailAddress'))
    const to = receiversOf(input)
    const context = { 'ses:fromaddress': from, 'ses:recipients': to }
    const identity = identityOf(from, options.identities) ?? domainOf(from)
    const action = (input.Content as Input | undefined)?.Raw === undefined ? 'ses:SendEmail' : 'ses:SendRawEmail'
    const sets = input.ConfigurationSetName === undefined ? [] : [arn('configuration-set', textOf(input, 'ConfigurationSetName'))]
    return [arn('identity', identity), ...sets].map((resource) => ({ action, resource, context }))
  }

  async function send({ input, request }: Call): Promise<Input> {
    const from = addressOf(textOf(input, 'FromEmailAddress'))
    if (identityOf(from, options.identities) === undefined)
      throw new AwsError('MessageRejected', `Email address is not verified. The following identities failed the check: ${from}`)
    const set = input.ConfigurationSetName
    if (typeof set === 'string' && !options.feedback.has(set))
      throw new AwsError('NotFoundException', `Configuration set <${set}> does not exist.`, 404)
    const response = await fetch(`${local}/v2/email/outbound-emails`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: request.headers.authorization ?? '' },
      body: new Uint8Array(request.body),
    })
    const answer = (await response.json()) as { MessageId?: string; message?: string }
    if (answer.MessageId === undefined) throw new AwsError('BadRequestException', answer.message ?? 'not taken', response.status)
    await delivered(answer.MessageId, input)
    return { MessageId: answer.MessageId }
  }

  async function delivered(id: string, input: Input): Promise<void> {
    const { emails } = (await (await fetch(`${local}/store`)).json()) as { emails: StoredMail[] }
    const mail = emails.find((one) => one.messageId === id)
    if (!mail) throw new Error(`aws-ses-v2-local lost the mail ${id}`)
    for (const to of mail.destination.to) {
      if (options.bouncing.has(to) || to === 'bounce@simulator.amazonses.com') tell(input, id, to)
      else options.sent(toSentMail(mail, to, input))
    }
  }

  function tell(input: Input, id: string, to: string): void {
    const set = String(input.ConfigurationSetName ?? '')
    const message = JSON.stringify(bounceEvent(id, to, tagsOf(input)))
    for (const topic of options.feedback.get(set) ?? [])
      options.topics.publish(
        topic,
        message,
        { kind: 'service', name: 'ses.amazonaws.com' },
        {
          'aws:sourceaccount': options.account,
          'aws:sourcearn': arn('configuration-set', set),
        },
      )
  }

  return {
    api: {
      prefix: 'ses',
      protocol: restJsonProtocol([
        { method: 'POST', path: /^\/v2\/email\/outbound-emails$/, operation: 'SendEmail' },
        { method: 'GET', path: /^\/v2\/email\/account$/, operation: 'GetAccount' },
      ]),
      denial: { code: 'AccessDeniedException', status: 403 },
      operations: {
        SendEmail: { needs, run: send },
        GetAccount: {
          needs: () => [{ action: 'ses:GetAccount', resource: '*' }],
          run: () => ({
            ProductionAccessEnabled: false,
            SendingEnabled: true,
            SendQuota: { Max24HourSend: 200, MaxSendRate: 1, SentLast24Hours: 0 },
          }),
        },
      },
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

type StoredMail = {
  readonly messageId: string
  readonly from: string
  readonly destination: { readonly to: readonly string[] }
  readonly subject: string
  readonly body: { readonly html?: string; readonly text?: string }
  readonly headers?: readonly { readonly name: string; readonly value: string }[]
}

function toSentMail(mail: StoredMail, to: string, input: Input): SentMail {
  return {
    id: mail.messageId,
    to,
    from: mail.from,
    subject: mail.subject,
    html: mail.body.html ?? '',
    text: mail.body.text ?? '',
    headers: Object.fromEntries((mail.headers ?? []).map(({ name, value }) => [name.toLowerCase(), value])),
    tags: tagsOf(input),
  }
}

/** As event publishing of a configuration set writes it. */
function bounceEvent(messageId: string, to: string, tags: Readonly<Record<string, string>>) {
  const timestamp = new Date().toISOString()
  return {
    eventType: 'Bounce',
    mail: {
      timestamp,
      messageId,
      destination: [to],
      tags: Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
    },
    bounce: {
      feedbackId: randomUUID(),
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [{ emailAddress: to, action: 'failed', status: '5.1.1' }],
      timestamp,
    },
  }
}

function receiversOf({ Destination }: Input): string[] {
  return ((Destination as { ToAddresses?: string[] } | undefined)?.ToAddresses ?? []).map(addressOf)
}

function tagsOf({ EmailTags }: Input): Record<string, string> {
  const tags = (EmailTags ?? []) as readonly { Name: string; Value: string }[]
  return Object.fromEntries(tags.map(({ Name, Value }) => [Name, Value]))
}

function identityOf(from: string, identities: readonly string[]): string | undefined {
  return identities.find((identity) => identity === from) ?? identities.find((identity) => identity === domainOf(from))
}

function addressOf(mailbox: string): string {
  return /<([^<>]+)>\s*$/.exec(mailbox)?.[1] ?? mailbox.trim()
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1)
}
