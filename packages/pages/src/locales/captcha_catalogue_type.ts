/** What the words of the check against programs must have in each language: every key of the English ones. */
import type { PatternOf } from '@gatehouse/core/phrase.ts'
import type { enCaptcha } from './en_captcha.ts'

export type CaptchaCatalogue = PatternOf<typeof enCaptcha>
