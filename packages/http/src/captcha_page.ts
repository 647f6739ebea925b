/** Answers with a page whose form may show a check against programs, and may have been refused for a while. */
import type { CaptchaState, PageCaptcha } from './captcha_gate.ts'
import type { HouseContext } from './house.ts'
import { type PageOptions, page } from './page.ts'

/** How a form was refused, as far as the answer's head tells. */
export type ShownRefusal = {
  readonly status?: number
  readonly retryAfterSeconds?: number
  /** The check that is asked for now, or why it was not passed. */
  readonly captcha?: CaptchaState
}

type Options = Pick<PageOptions, 'nonce' | 'formAction'> & { readonly shown: ShownRefusal; readonly captcha: PageCaptcha | undefined }

export function captchaPage(c: HouseContext, html: string, { shown, captcha, ...options }: Options): Response {
  if (shown.retryAfterSeconds !== undefined) c.header('retry-after', String(shown.retryAfterSeconds))
  return page(c, html, {
    ...options,
    status: shown.status ?? captcha?.status ?? 200,
    ...(captcha ? { captcha: captcha.sources } : {}),
  })
}
