/** Applications on the wire: RFC 7591 section 2 and OpenID Connect client metadata, checked; ours are prefixed `gatehouse_`. */
import type { Application } from '@gatehouse/core/application.ts'
import { z } from '@hono/zod-openapi'
import { addressable } from './name.ts'
import { scriptSchema } from './script.ts'
import { signInStepsSchema } from './sign_in.ts'

const URI_CHARACTERS = /^[\w!$%&'()*+,./:;=?@[\]~-]+$/
// Parsers drop tabs and line ends; a header does not. What is beyond ASCII is written in percents, or in punycode (RFC 3986 section 2).
const uri = z.string().refine((text) => URI_CHARACTERS.test(text) && URL.canParse(text), 'an absolute address without a fragment')
const webUri = uri.refine((text) => /^https?:\/\//.test(text), 'an http or https address')
const name = z.string().trim().min(1).max(200)

const fields = z.strictObject({
  // RFC 9700 section 4.15: an application's own token has the client_id as its `sub`, which must not pass for a person's.
  client_id: addressable(
    z.string().regex(/^(?!usr_)[\x21-\x7e]{1,128}$/, '1 to 128 visible ASCII characters, not beginning with usr_'),
  ).describe('RFC 6749 section 2.2; chosen by you, or generated'),
  client_name: name,
  client_secret: z
    .string()
    .min(8)
    .max(256)
    .optional()
    .describe('Stored hashed; never shown again. Left out for a new confidential application: generated and shown once'),
  application_type: z.enum(['web', 'native']).default('web'),
  redirect_uris: z.array(uri).max(50).default([]).describe('Compared exactly; ports of loopback addresses may vary (RFC 8252)'),
  post_logout_redirect_uris: z.array(uri).max(50).default([]),
  grant_types: z.array(z.enum(['authorization_code', 'refresh_token', 'client_credentials'])).default(['authorization_code']),
  response_types: z.array(z.literal('code')).default(['code']),
  token_endpoint_auth_method: z.enum(['client_secret_basic', 'client_secret_post', 'none']).default('client_secret_basic'),
  scope: z
    .string()
    .max(2000)
    .regex(/^[\x21\x23-\x5b\x5d-\x7e ]*$/, 'printable ASCII words, separated by spaces')
    .default('openid profile email')
    .describe('Space separated: what it may ask for'),
  id_token_signed_response_alg: z.enum(['RS256', 'ES256']).default('RS256'),
  backchannel_logout_uri: webUri.optional(),
  backchannel_logout_session_required: z.boolean().optional(),
  default_max_age: z.number().int().nonnegative().optional(),
  require_auth_time: z.boolean().optional(),
  client_uri: webUri.optional(),
  logo_uri: webUri.optional(),
  policy_uri: webUri.optional(),
  tos_uri: webUri.optional(),
  initiate_login_uri: webUri.optional(),
  contacts: z.array(z.string().max(320)).max(20).optional(),
  gatehouse_require_pkce: z.boolean().default(true).describe('A confidential application may be registered without PKCE'),
  gatehouse_skip_consent: z.boolean().default(false).describe('For an operator’s own applications only'),
  gatehouse_purpose: z.string().max(500).optional().describe('Why it asks for attributes, shown on the consent page'),
  gatehouse_claims: z
    .array(z.strictObject({ name: z.string().min(1).max(100), essential: z.boolean().default(false) }))
    .max(50)
    .default([])
    .describe('Attributes that it asks for; essential ones are mandatory on the consent page'),
  gatehouse_access_token_format: z.enum(['jwt', 'opaque']).default('jwt'),
  gatehouse_roles: z
    .array(z.string())
    .max(50)
    .default([])
    .describe('Roles of the application itself; its client_credentials tokens carry their permissions'),
  gatehouse_domain: z
    .string()
    .max(253)
    .regex(/^[a-z0-9.-]+$/, 'a domain of the tenant, in small letters')
    .optional()
    .describe('The domain of the tenant whose issuer it belongs to; left out: the issuer that the house gives the tenant'),
  gatehouse_sign_in: signInStepsSchema.optional().describe('How people sign in to it, instead of the tenant’s steps'),
  gatehouse_adaptive_script: scriptSchema.optional(),
  active: z.boolean().default(true),
})

export const applicationSchema = fields
  .superRefine((application, context) => {
    const issue = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    const interactive = application.grant_types.includes('authorization_code')
    if (interactive && application.redirect_uris.length === 0) issue('redirect_uris', 'at least one is needed for authorization_code')
    if (application.token_endpoint_auth_method === 'none') {
      if (!application.gatehouse_require_pkce) issue('gatehouse_require_pkce', 'a public application needs PKCE')
      if (application.grant_types.includes('client_credentials'))
        issue('grant_types', 'client_credentials needs a confidential application')
      if (application.client_secret !== undefined) issue('client_secret', 'a public application (token_endpoint_auth_method none) has none')
    }
    for (const [index, text] of application.redirect_uris.entries()) {
      if (application.application_type === 'web' && !/^https?:\/\//.test(text))
        context.addIssue({
          code: 'custom',
          path: ['redirect_uris', index],
          message: 'a web application uses http or https; register a native one for private schemes',
        })
    }
    for (const field of ['redirect_uris', 'post_logout_redirect_uris'] as const)
      for (const [index, text] of application[field].entries())
        if (/^(javascript|data|vbscript|file|blob|about):/i.test(text))
          context.addIssue({ code: 'custom', path: [field, index], message: 'this scheme is never allowed' })
  })
  .openapi('Application')

export type ApplicationInput = z.output<typeof applicationSchema>

/** What is stored: everything but the secret. */
export function toApplication(input: ApplicationInput, before: Pick<Application, 'createdAt' | 'version'>): Application {
  const { client_secret, ...metadata } = input
  return { ...metadata, ...before }
}

export const secretSchema = z
  .object({ id: z.string(), created_at: z.number().int().describe('Seconds since the epoch') })
  .openapi('ApplicationSecret')

/** What is answered: metadata and the ids of secrets (the first 12 characters of their SHA-256, base64url), never a stored secret. */
export const storedApplicationSchema = z
  .object({
    ...fields.shape,
    client_secret: z.string().optional().describe('Only where it was generated just now'),
    secrets: z.array(secretSchema),
    createdAt: z.string(),
    version: z.number().int(),
  })
  .openapi('StoredApplication')

export type StoredApplication = z.output<typeof storedApplicationSchema>
