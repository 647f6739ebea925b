/** The Mailer over SES (API version 2). */
import { asciiDomainOf } from '@gatehouse/core/email_address.ts'
import type { Mailer } from '@gatehouse/ports/mailer.ts'
import type { AwsAccess } from '../aws/aws_access.ts'
import { openAwsCaller } from '../aws/open_aws_caller.ts'
import { TENANT_TAG } from './parse_feedback.ts'

export type SesMailerOptions = {
  readonly access: AwsAccess
  /** Where bounces and complaints are told. */
  readonly configurationSet?: string | undefined
  /** `give_up`: a mail that may have gone out is not sent again. */
  readonly whenLost?: 'resend' | 'give_up'
}

export function openSesMailer({ access, configurationSet, whenLost = 'resend' }: SesMailerOptions): Mailer {
  const call = openAwsCaller({ access, service: 'SESV2', whenLost, timeoutMilliseconds: 8_000 })
  return {
    async send({ to, from, subject, html, text, locale, tenant, template }) {
      const body = {
        FromEmailAddress: from,
        // SES takes no other letters in a domain.
        Destination: { ToAddresses: [asciiDomainOf(to)] },
        ...(configurationSet === undefined ? {} : { ConfigurationSetName: configurationSet }),
        EmailTags: [
          { Name: TENANT_TAG, Value: tenant },
          { Name: 'template', Value: template },
        ],
        Content: {
          Simple: {
            Subject: utf8(subject),
            Body: { Html: utf8(html), Text: utf8(text) },
            // RFC 3834 section 5: no holiday notice comes back.
            Headers: [
              { Name: 'Content-Language', Value: locale },
              { Name: 'Auto-Submitted', Value: 'auto-generated' },
            ],
          },
        },
      }
      await call({ path: '/v2/email/outbound-emails', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    },
  }
}

function utf8(data: string): { readonly Data: string; readonly Charset: 'UTF-8' } {
  return { Data: data, Charset: 'UTF-8' }
}
