/** The words of the pages of recovery and of new passwords, apart from `catalogue.ts`: loaded with those pages. */
import type { Locale } from '@gatehouse/core/locale.ts'
import { arRecovery } from './locales/ar_recovery.ts'
import { deRecovery } from './locales/de_recovery.ts'
import { enRecovery } from './locales/en_recovery.ts'
import type { RecoveryCatalogue } from './locales/recovery_catalogue_type.ts'

export type { RecoveryCatalogue }

export const RECOVERY_CATALOGUES: Readonly<Record<Locale, RecoveryCatalogue>> = { en: enRecovery, de: deRecovery, ar: arRecovery }
