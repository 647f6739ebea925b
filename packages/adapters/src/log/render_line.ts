/** One event as one line of JSON. */
import type { LogLevel } from '@gatehouse/ports/log.ts'

export const RANK: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 }

/** JSON escapes line breaks, so one event is one line whatever a field holds; no field takes the place of time, level or message. */
export function renderLine(now: number, level: LogLevel, message: string, fields: Readonly<Record<string, unknown>> = {}): string {
  const head = { time: new Date(now).toISOString(), level, message }
  try {
    // A replacer is asked for every value; the lines of requests hold nothing that needs it.
    return JSON.stringify({ ...head, ...fields, ...head }, Object.values(fields).some(needsReading) ? readable : undefined)
  } catch (error) {
    return JSON.stringify({ ...head, fieldsLost: String(error) })
  }
}

function needsReading(value: unknown): boolean {
  return typeof value === 'bigint' || (typeof value === 'object' && value !== null)
}

function readable(_name: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value)
  if (!(value instanceof Error)) return value
  const { name, message, stack, cause } = value
  return { name, message, stack, ...('detail' in value && { detail: value.detail }), ...(cause !== undefined && { cause }) }
}
