/** Which passkeys a tenant takes, on the wire (`core/passkey_policy.ts`). */
import { X509Certificate } from 'node:crypto'
import { DEFAULT_PASSKEYS, findPasskeyProblem } from '@gatehouse/core/passkey_policy.ts'
import { z } from '@hono/zod-openapi'

const aaguid = z
  .string()
  .regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'an AAGUID as 01234567-89ab-cdef-0123-456789abcdef, in small letters')
const certificate = z.string().max(10_000).refine(isAuthority, 'a certificate of an authority, in PEM')

/** What is left out is the house's default. */
export const passkeyPolicySchema = z
  .strictObject({
    allowed: z.boolean().describe('False: none is offered, added or accepted'),
    userVerification: z
      .enum(['required', 'preferred'])
      .describe('`preferred`: as a second factor also of a device that did not make sure of its user; never in a first step'),
    attestation: z
      .enum(['none', 'direct'])
      .describe('`direct`: only models that prove themselves by a certificate which ends at a trusted root'),
    aaguids: z.array(aaguid).min(1).max(200).describe('With `direct`: only these models'),
    trustedRoots: z
      .array(certificate)
      .min(1)
      .max(50)
      .describe('With `direct`: trusted beside the roots of Apple and Google for their own devices, in PEM'),
  })
  .partial()
  .superRefine((policy, context) => {
    const message = findPasskeyProblem({ ...DEFAULT_PASSKEYS, ...policy })
    if (message !== undefined) context.addIssue({ code: 'custom', message })
  })
  .openapi('PasskeyPolicy')

function isAuthority(pem: string): boolean {
  try {
    return new X509Certificate(pem).ca
  } catch {
    // no certificate at all
    return false
  }
}
