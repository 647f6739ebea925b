/**
 * A cache of configuration (tenants, applications, keys), bounded as the design has it: one read per container and name in 5 s, so a suspension or a
 * removed secret is seen within 5 s; where the check fails, the last answer holds for 30 s and then the answer is a refusal.
 */
import { IamError } from '@gatehouse/core/error.ts'
import type { Clock } from '@gatehouse/ports/clock.ts'

const FRESH_MILLISECONDS = 5_000
const USABLE_MILLISECONDS = 30_000
const MAXIMUM_ENTRIES = 2_000

type Entry<T> = { value: T; checkedAt: number; loading?: Promise<T> }

export type Cached<T> = {
  get(name: string, load: () => Promise<T>): Promise<T> | T
  /** After a change in this process, so that it is seen at once here. */
  forget(name: string): void
}

export function openCached<T>(clock: Clock): Cached<T> {
  const entries = new Map<string, Entry<T>>()
  const first = new Map<string, Promise<T>>()

  const load = async (name: string, loader: () => Promise<T>): Promise<T> => {
    const startedAt = clock.now()
    const value = await loader()
    if (entries.size >= MAXIMUM_ENTRIES) entries.delete(entries.keys().next().value ?? name)
    entries.set(name, { value, checkedAt: startedAt })
    return value
  }

  return {
    get(name, loader) {
      const now = clock.now()
      const entry = entries.get(name)
      // A clock that was set back makes nothing fresh: a suspension would go unseen until it has caught up.
      if (entry && now >= entry.checkedAt && now - entry.checkedAt < FRESH_MILLISECONDS) return entry.value
      if (!entry) {
        // One read for all who ask at once; the answer of a failed one is everyone's.
        const running = first.get(name) ?? load(name, loader).finally(() => first.delete(name))
        first.set(name, running)
        return running
      }
      entry.loading ??= load(name, loader).finally(() => {
        entry.loading = undefined
      })
      return entry.loading.catch((error: unknown) => {
        if (clock.now() - entry.checkedAt < USABLE_MILLISECONDS) return entry.value
        throw new IamError('unavailable', 'the configuration cannot be read at the moment', { cause: error })
      })
    },
    forget(name) {
      entries.delete(name)
      first.delete(name)
    },
  }
}
