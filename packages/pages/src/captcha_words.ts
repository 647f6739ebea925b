/** The words of the check against programs, apart from `catalogue.ts`: loaded with the pages that show it. */
import type { Locale } from '@gatehouse/core/locale.ts'
import { arCaptcha } from './locales/ar_captcha.ts'
import type { CaptchaCatalogue } from './locales/captcha_catalogue_type.ts'
import { deCaptcha } from './locales/de_captcha.ts'
import { enCaptcha } from './locales/en_captcha.ts'

export type { CaptchaCatalogue }

export const CAPTCHA_CATALOGUES: Readonly<Record<Locale, CaptchaCatalogue>> = { en: enCaptcha, de: deCaptcha, ar: arCaptcha }
