/** What the words of certificates must have in each language: a sentence for each reason. */
import type { CertificateProblem } from '@gatehouse/core/certificate_policy.ts'

export type CertificateCatalogue = Readonly<Record<CertificateProblem, string>>
