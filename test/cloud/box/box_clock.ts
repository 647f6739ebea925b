/** The time inside the box: the machine's, and what a test has let pass on top of it. Queues, waits and schedules go by it; functions have the machine's own. */
export type BoxClock = {
  /** Milliseconds since 1970. */
  now(): number
  advance(seconds: number): void
  onAdvance(listener: () => void): void
}

export function openBoxClock(): BoxClock {
  const listeners = new Set<() => void>()
  let ahead = 0
  return {
    now: () => Date.now() + ahead,
    advance(seconds) {
      ahead += seconds * 1000
      for (const listener of listeners) listener()
    },
    onAdvance: (listener) => void listeners.add(listener),
  }
}
