/** Adaptive scripts on the wire (`core/adaptive_script.ts`). Whether one parses is found out when it is stored: `admin/check_script.ts`. */
import { LONGEST_LIBRARY, LONGEST_SCRIPT } from '@gatehouse/core/adaptive_script.ts'
import { z } from '@hono/zod-openapi'

const name = z.string().regex(/^[A-Za-z][\w.-]{0,59}$/, 'a letter, then letters, digits, _ . and -')

export const scriptSchema = z
  .string()
  .min(1)
  .max(LONGEST_SCRIPT)
  .describe('JavaScript with the function onLoginRequest: which steps are due, and what else a sign-in does')

const inputSchema = z.strictObject({
  id: name,
  label: z.string().min(1).max(200),
  type: z.enum(['text', 'email', 'tel', 'checkbox']).optional(),
  optional: z.boolean().optional(),
})

const promptSchema = z.strictObject({
  title: z.string().min(1).max(200),
  text: z.string().max(2_000).optional(),
  inputs: z.array(inputSchema).max(20).optional(),
})

const mailSchema = z.strictObject({ subject: z.string().min(1).max(200), text: z.string().min(1).max(5_000) })

export const scriptingSchema = z
  .strictObject({
    allowedHosts: z
      .array(z.string().regex(/^[a-z0-9.-]{1,253}(?::\d{1,5})?$/, 'a host name in small letters, with its port if it is not the usual one'))
      .max(50)
      .describe('Hosts that httpGet, httpPost, sendError and externalRedirect may reach, exactly'),
    libraries: z.record(name, z.string().min(1).max(LONGEST_LIBRARY)).describe('For require, by name'),
    prompts: z.record(name, promptSchema).describe('Forms for prompt, by name; {{placeholders}} are filled from its data'),
    mails: z.record(name, mailSchema).describe('Mails for sendEmail, by name; {{placeholders}} are filled from its parameters'),
  })
  .partial()
  .refine(({ libraries = {} }) => Object.keys(libraries).length <= 10, 'at most ten libraries')
  .refine(({ prompts = {} }) => Object.keys(prompts).length <= 20, 'at most twenty forms')
  .refine(({ mails = {} }) => Object.keys(mails).length <= 20, 'at most twenty mails')
