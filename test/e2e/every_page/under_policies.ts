/** Part of a walk under other policies of the tenant, which has its own again afterwards. */
import { setTimeout as passes } from 'node:timers/promises'
import { SETTINGS_ARE_KEPT_MS } from '../../roof.ts'
import type { Story } from '../story.ts'

type Settings = { readonly policies: Readonly<Record<string, unknown>>; readonly [name: string]: unknown }

export async function underPolicies(story: Story, policies: Readonly<Record<string, unknown>>, walk: () => Promise<void>): Promise<void> {
  const { id: _, issuer: __, active: ___, ...before } = (await story.administer('GET', '/tenant')) as Settings
  await story.administer('PUT', '/tenant', { ...before, policies: { ...before.policies, ...policies } })
  try {
    await passes(SETTINGS_ARE_KEPT_MS)
    await walk()
  } finally {
    await story.administer('PUT', '/tenant', before)
    await passes(SETTINGS_ARE_KEPT_MS)
  }
}
