/** EventBridge's patterns, which filters of event-source mappings use too: every field that the pattern names must match one of its alternatives. */
type Json = unknown
type Fields = Readonly<Record<string, Json>>

export function matchesPattern(pattern: Json, value: Json): boolean {
  if (Array.isArray(pattern)) return pattern.some((alternative) => matchesAlternative(alternative, value))
  if (!isFields(pattern)) throw new TypeError(`a pattern is an object or a list, not ${JSON.stringify(pattern)}`)
  const { $or: alternatives, ...fields } = pattern
  const there = isFields(value) ? value : {}
  if (Array.isArray(alternatives) && !alternatives.some((alternative) => matchesPattern(alternative, value))) return false
  return Object.entries(fields).every(([name, wanted]) => matchesPattern(wanted, there[name]))
}

const RULES: Readonly<Record<string, (rule: Json, value: Json) => boolean>> = {
  exists: (rule, value) => (value !== undefined && !isFields(value)) === rule,
  prefix: (rule, value) => typeof value === 'string' && value.startsWith(String(rule)),
  suffix: (rule, value) => typeof value === 'string' && value.endsWith(String(rule)),
  'equals-ignore-case': (rule, value) => typeof value === 'string' && value.toLowerCase() === String(rule).toLowerCase(),
  'anything-but': (rule, value) => value !== undefined && !(Array.isArray(rule) ? rule : [rule]).includes(value),
}

function matchesAlternative(alternative: Json, value: Json): boolean {
  if (Array.isArray(value)) return value.some((one) => matchesAlternative(alternative, one))
  if (!isFields(alternative)) return alternative === value
  return Object.entries(alternative).every(([name, rule]) => {
    const found = RULES[name]
    if (!found) throw new TypeError(`the box does not know the pattern rule ${name}`)
    return found(rule, value)
  })
}

function isFields(value: Json): value is Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
