/** The two applications of the quick start, as they are registered in its seed. */
import type { ClientId } from '@gatehouse/core/ids.ts'
import type { Application as SampleApplication } from '@gatehouse/sample-pickup/application.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { isLoopback } from './flags.ts'

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

/** Are both registered here? */
export async function areSamplesKnown(ctx: TenantContext): Promise<boolean> {
  const found = await Promise.all(
    sampleApplications(ctx.issuer).map(({ client_id }) => ctx.stores.applications.find(client_id as ClientId)),
  )
  return found.every((application) => application !== undefined)
}

/**
 * Samples that listen elsewhere than when they were registered are registered anew at where they are: their own addresses, and nothing else, so that another
 * `--samples-port` needs no other house. Applications of these names that are not at this machine are somebody's own.
 */
export async function moveSamples(ctx: TenantContext, samplesOrigin: string): Promise<void> {
  for (const { client_id, path } of sampleApplications(ctx.issuer)) {
    const stored = await ctx.stores.applications.find(client_id as ClientId)
    if (stored?.client_uri === undefined) continue
    const { origin, hostname, pathname } = new URL(stored.client_uri)
    if (origin === samplesOrigin || pathname !== path || !isLoopback(hostname)) continue
    const { secrets: _, ...application } = stored
    await ctx.stores.applications.update(moved(application, origin + path, samplesOrigin + path), ctx.actor)
  }
}

function moved<T extends object>(application: T, from: string, to: string): T {
  const at = (value: unknown): unknown => (typeof value === 'string' && value.startsWith(from) ? to + value.slice(from.length) : value)
  const entries = Object.entries(application).map(([field, value]) => [field, Array.isArray(value) ? value.map(at) : at(value)])
  return { ...application, ...Object.fromEntries(entries) }
}
