/** @jsxImportSource hono/jsx */
/** The check against programs, as it stands in a form, before its button: drawn with those pages only that show it. */
import { type CaptchaForm, type CaptchaProvider, THIRD_PARTIES } from '@gatehouse/core/captcha.ts'
import type { Locale } from '@gatehouse/core/locale.ts'
import { assetUrl } from './assets.ts'
import { CAPTCHA_CATALOGUES, type CaptchaCatalogue } from './captcha_words.ts'
import { wordsOf } from './catalogue.ts'
import { NoticeBox, type Tone } from './form.tsx'

export type CaptchaProps = {
  provider: CaptchaProvider
  siteKey?: string
  challenge: string
  difficulty: number
  form: CaptchaForm
  waitSeconds: number
  locale: Locale
  nonce: string
  /** Why the form comes back. `seconds` of a wait that is not over. */
  notice?: { code: keyof CaptchaCatalogue['notices']; seconds?: number }
}

const TONES: Readonly<Record<keyof CaptchaCatalogue['notices'], Tone>> = {
  missing: 'info',
  waiting: 'info',
  failed: 'error',
  unavailable: 'error',
}

/** HTML, for `FormProps.captcha`. */
export function drawCaptcha(props: CaptchaProps): string {
  const words = wordsOf(props.locale)
  const text = CAPTCHA_CATALOGUES[props.locale]
  const { notice, provider } = props
  return (
    <div class="captcha">
      {notice === undefined ? null : (
        <NoticeBox tone={TONES[notice.code]}>{words.say(text.notices[notice.code], { count: notice.seconds ?? 0 })}</NoticeBox>
      )}
      <input type="hidden" name="captcha_challenge" value={props.challenge} />
      {provider === 'proof_of_work' || provider === 'recaptcha_score' ? (
        <OwnScript props={props} text={text} />
      ) : (
        <Widget props={props} text={text} />
      )}
      <noscript>
        <p class="hint">
          {text.needsJavaScript} {words.say(text.wait, { count: props.waitSeconds })}
        </p>
      </noscript>
      <details class="small">
        <summary>{text.otherWay}</summary>
        <p class="hint">{words.say(text.wait, { count: props.waitSeconds })}</p>
      </details>
    </div>
  ).toString()
}

/** Works by itself: nothing is to be done but to wait, which is shown and said. */
function OwnScript({ props, text }: { props: CaptchaProps; text: CaptchaCatalogue }) {
  const { provider, siteKey = '' } = props
  const own = provider === 'proof_of_work'
  return (
    <div
      data-captcha={provider}
      data-challenge={props.challenge}
      data-difficulty={props.difficulty}
      data-site-key={siteKey}
      data-action={props.form}
      data-only={props.form === 'code_resend' ? 'resend' : undefined}
      data-work={text.work}
      data-done={text.done}
      data-failed={text.failed}
    >
      <input type="hidden" name={own ? 'captcha_answer' : THIRD_PARTIES.recaptcha_score.field} value="" data-answer />
      <p class="hint" role="status" id="captcha-status"></p>
      {own ? <progress max="1" value="0" aria-labelledby="captcha-status" data-js hidden></progress> : null}
      {own ? null : <script src={THIRD_PARTIES.recaptcha_score.script(siteKey, props.locale)} nonce={props.nonce} async defer></script>}
      <script src={assetUrl('captcha.js')} nonce={props.nonce} defer></script>
    </div>
  )
}

const CLASSES = { turnstile: 'cf-turnstile', hcaptcha: 'h-captcha', recaptcha: 'g-recaptcha' } as const

/** The third party's script fills this in, and adds its answer to the form. */
function Widget({ props, text }: { props: CaptchaProps; text: CaptchaCatalogue }) {
  const { provider, siteKey = '', locale } = props
  if (provider === 'proof_of_work' || provider === 'recaptcha_score') return null
  return (
    <fieldset class="choices">
      <legend>{text.confirm}</legend>
      <div class={CLASSES[provider]} data-sitekey={siteKey} data-action={props.form} data-language={locale} data-size="normal"></div>
      <script src={THIRD_PARTIES[provider].script(siteKey, locale)} nonce={props.nonce} async defer></script>
    </fieldset>
  )
}
