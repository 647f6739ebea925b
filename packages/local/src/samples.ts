/** The two applications of the quick start, as they are registered in its seed. */
import type { Application as SampleApplication } from '@gatehouse/sample-pickup/application.ts'

const SEEDED_ORIGIN = 'http://localhost:8080'

export function sampleApplications(issuer: string): SampleApplication[] {
  return [
    { path: '/pickup-dispatch', name: 'Pickup Dispatch', issuer, client_id: 'pickup-dispatch', client_secret: 'pickup-dispatch-secret' },
    { path: '/pickup-manager', name: 'Pickup Manager', issuer, client_id: 'pickup-manager', client_secret: 'pickup-manager-secret' },
  ]
}

/** The seed's text for samples that listen elsewhere than on the usual port. */
export function seedFor(text: string, samplesOrigin: string): string {
  return text.replaceAll(SEEDED_ORIGIN, samplesOrigin)
}
