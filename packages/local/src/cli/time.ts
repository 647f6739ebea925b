/** Times as a person types them: `15m`, `2h`, `3d` back from now, or ISO 8601. */
import { BadCommand } from './bad_command.ts'

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Milliseconds since the epoch. */
export function parseTime(flag: string, text: string, now: number): number {
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
  if (count !== undefined) return now - Number(count) * (UNITS[unit] ?? 0)
  const at = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at)) throw new BadCommand(`${flag} is 30s, 15m, 2h, 3d, or a time such as 2026-11-26T09:00:00Z, not "${text}"`)
  return at
}
