/** A line of the house's log as a person reads it: time, level, function, tenant, what was said, and the rest as `name=value`. */

export type LogFields = Readonly<Record<string, unknown>>

/** Undefined for what is no line of the house. */
export function parseLogLine(text: string): LogFields | undefined {
  if (!text.startsWith('{')) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return value !== null && typeof value === 'object' ? { ...value } : undefined
  } catch {
    return undefined
  }
}

/** Lambda tells of each start and end of a call; of interest is only a call that went wrong. */
export function isNoise(fields: LogFields): boolean {
  const { type, record } = fields
  if (typeof type !== 'string' || !type.startsWith('platform.')) return false
  const status = record !== null && typeof record === 'object' && 'status' in record ? record.status : 'success'
  return status === 'success'
}

/** Line breaks and control characters of a value are shown escaped, so that no visitor writes on an operator's terminal. */
export function renderLogLine(fields: LogFields, from: string | undefined): string {
  const { time, timestamp = time, level, message, app, function: _function, tenant, method, path, status, type, record, ...rest } = fields
  const where = from ?? (typeof app === 'string' ? app : 'house')
  const request = typeof method === 'string' ? `${method} ${path} ${status}` : undefined
  const kind = typeof type === 'string' ? type : undefined
  // The line of a request says no more by its message than by its address.
  const said = [kind, request === undefined || message !== 'request' ? message : undefined, request]
  const more = Object.entries(record === undefined ? rest : { ...rest, record }).map(([name, value]) => `${name}=${shown(value)}`)
  return [
    shown(timestamp ?? ''),
    String(level ?? 'info')
      .toLowerCase()
      .padEnd(5),
    where.padEnd(9),
    shown(tenant ?? '-').padEnd(8),
    ...said.filter((part) => part !== undefined).map(shown),
    ...more,
  ].join(' ')
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
