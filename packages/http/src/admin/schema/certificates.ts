/** Which client certificates a tenant takes, on the wire (`core/certificate_policy.ts`). What takes a clock to know is checked where the settings are applied. */
import {
  CERTIFICATE_NAMES,
  DEFAULT_CERTIFICATES,
  findCertificatePolicyProblems,
  LONGEST_CERTIFICATE,
  LONGEST_RESPONDER,
  LONGEST_REVOCATION_LIST,
  MOST_AUTHORITIES,
  MOST_RESPONDERS,
  MOST_REVOCATION_LISTS,
  REVOCATION_ASKED,
} from '@gatehouse/core/certificate_policy.ts'
import { z } from '@hono/zod-openapi'

const authority = z
  .string()
  .max(LONGEST_CERTIFICATE)
  .regex(/^\s*-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*$/, 'one certificate, in PEM')
const list = z
  .string()
  .max(LONGEST_REVOCATION_LIST)
  .regex(
    /^(?:https?:\/\/[^\s/?#@]+(?:\/\S*)?|\s*-----BEGIN X509 CRL-----[A-Za-z0-9+/=\s]+-----END X509 CRL-----\s*)$/,
    'an address (http or https), or a list in PEM',
  )
const responder = z
  .string()
  .max(LONGEST_RESPONDER)
  .regex(/^https?:\/\/[^\s/?#@]+(?:\/\S*)?$/, 'an address (http or https)')

/** What is left out is the house's default. */
export const certificatePolicySchema = z
  .strictObject({
    authorities: z
      .array(authority)
      .max(MOST_AUTHORITIES)
      .describe('Roots, and the authorities between them and people, in PEM; one whose issuer is not among them is trusted by itself'),
    names: z
      .array(z.enum(CERTIFICATE_NAMES))
      .min(1)
      .max(CERTIFICATE_NAMES.length)
      .refine((names) => new Set(names).size === names.length, 'each once')
      .describe(
        'By what a certificate names a person, tried in this order: `enrolled` (they added it in My Account); the common name of its subject or the user principal name, which is a user name; the e-mail address in its alternative names, which is the proven primary one of the profile',
      ),
    selfSigned: z.boolean().describe('People may add certificates that no authority vouches for'),
    smartCards: z
      .boolean()
      .describe('The keys of the authorities’ certificates lie on cards that ask for a PIN: one counts for two factors'),
    revocation: z
      .strictObject({
        ask: z
          .enum(REVOCATION_ASKED)
          .default('crl')
          .describe('`crl`: lists of what was revoked; `ocsp`: a responder; `ocsp_then_crl`: lists where no responder’s answer counts'),
        lists: z
          .array(list)
          .max(MOST_REVOCATION_LISTS)
          .default([])
          .describe('Lists of what was revoked (CRL): their addresses, or themselves in PEM. None: those that a certificate names'),
        responders: z
          .array(responder)
          .max(MOST_RESPONDERS)
          .default([])
          .describe('Addresses of OCSP responders, asked in this order. None: those that a certificate names'),
        ifUnavailable: z
          .enum(['refuse', 'accept'])
          .default('refuse')
          .describe('What becomes of a certificate of which nobody says anything that counts now'),
      })
      .describe('Left out: nobody asks whether a certificate was revoked'),
  })
  .partial()
  .superRefine((policy, context) => {
    for (const { path, message } of findCertificatePolicyProblems({ ...DEFAULT_CERTIFICATES, ...policy }))
      context.addIssue({ code: 'custom', path: [...path], message })
  })
  .openapi('CertificatePolicy')
