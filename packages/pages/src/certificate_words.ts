/** Why a certificate was not taken, in words: loaded when one was not. */
import type { Locale } from '@gatehouse/core/locale.ts'
import { arCertificates } from './locales/ar_certificates.ts'
import type { CertificateCatalogue } from './locales/certificate_catalogue_type.ts'
import { deCertificates } from './locales/de_certificates.ts'
import { enCertificates } from './locales/en_certificates.ts'

export const CERTIFICATE_CATALOGUES: Readonly<Record<Locale, CertificateCatalogue>> = {
  en: enCertificates,
  de: deCertificates,
  ar: arCertificates,
}
