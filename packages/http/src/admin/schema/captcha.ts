/** The check against programs, on the wire (`core/captcha.ts`). */
import { CAPTCHA_FORMS, CAPTCHA_PROVIDERS, type CaptchaForm, type CaptchaProvider, DEFAULT_CAPTCHA } from '@gatehouse/core/captcha.ts'
import { z } from '@hono/zod-openapi'

const visible = /^[\x21-\x7e]{1,500}$/

export const captchaSchema = z
  .strictObject({
    provider: z.enum(CAPTCHA_PROVIDERS as [CaptchaProvider, ...CaptchaProvider[]]).describe('`proof_of_work` needs no third party'),
    siteKey: z.string().regex(visible, 'printable ASCII without spaces').optional().describe('From the third party'),
    secret: z
      .string()
      .regex(visible, 'printable ASCII without spaces')
      .optional()
      .describe('From the third party. Stored sealed and never given back; left out, the one that is stored for this site key stays'),
    when: z
      .enum(['never', 'by_risk', 'always'])
      .default(DEFAULT_CAPTCHA.when)
      .describe('`by_risk`: after failed tries of the name or the network'),
    risk: z
      .enum(['medium', 'high'])
      .optional()
      .describe(
        'Of `by_risk`: also where the request is of this level, by the weights of `policies.risk`, before anybody says who they are',
      ),
    forms: z
      .array(z.enum(CAPTCHA_FORMS as unknown as [CaptchaForm, ...CaptchaForm[]]))
      .min(1)
      .max(CAPTCHA_FORMS.length)
      .default([...DEFAULT_CAPTCHA.forms]),
    difficulty: z
      .number()
      .int()
      .min(10)
      .max(24)
      .default(DEFAULT_CAPTCHA.difficulty)
      .describe('Of the proof of work, in bits: each doubles the work; 17 is below a second on most machines'),
    minimumScore: z.number().min(0.1).max(0.9).default(DEFAULT_CAPTCHA.minimumScore).describe('Of `recaptcha_score`: less is refused'),
    waitSeconds: z
      .number()
      .int()
      .min(15)
      .max(300)
      .default(DEFAULT_CAPTCHA.waitSeconds)
      .describe('Who cannot do the check waits so long with the page open, and is let through without'),
  })
  .superRefine(({ provider, siteKey, secret, when, risk }, context) => {
    if (risk !== undefined && when !== 'by_risk')
      context.addIssue({ code: 'custom', path: ['risk'], message: `belongs to by_risk, and not to ${when}` })
    const own = provider === 'proof_of_work'
    if (!own && siteKey === undefined) context.addIssue({ code: 'custom', path: ['siteKey'], message: `${provider} needs one` })
    for (const [name, value] of Object.entries({ siteKey, secret }))
      if (own && value !== undefined) context.addIssue({ code: 'custom', path: [name], message: 'proof_of_work has none' })
  })
  .openapi('Captcha')

export type CaptchaSettings = z.output<typeof captchaSchema>
