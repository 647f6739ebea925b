/** A form that a person filled in: what came, and what is wrong with it, field by field. */
export type Values = Readonly<Record<string, string>>
export type Wrong = Readonly<Record<string, string>>
export type Parsed<T> =
  | { readonly kind: 'right'; readonly value: T }
  | { readonly kind: 'wrong'; readonly wrong: Wrong; readonly values: Values }

/** A check gives the sentence that helps the person, or undefined. */
export type Check = (value: string) => string | undefined

/** Trims, checks each field by its row, and keeps what was typed so that nothing has to be typed twice. */
export function checkFields(
  names: Readonly<Record<string, Check>>,
  sent: Readonly<Record<string, unknown>>,
): { values: Values; wrong: Wrong } {
  const values: Record<string, string> = {}
  const wrong: Record<string, string> = {}
  for (const [name, check] of Object.entries(names)) {
    const value = typeof sent[name] === 'string' ? sent[name].trim().slice(0, 500) : ''
    values[name] = value
    const sentence = check(value)
    if (sentence !== undefined) wrong[name] = sentence
  }
  return { values, wrong }
}

export function line(what: string, maximum: number): Check {
  return (value) => {
    if (value === '') return `Enter ${what}.`
    if (value.length > maximum) return `Keep it to ${maximum} characters.`
    return /\p{Cc}/u.test(value) ? 'Keep it to one line.' : undefined
  }
}

export function phone(value: string): string | undefined {
  const digits = value.replace(/\D/g, '').length
  if (value === '') return 'Enter a phone number.'
  return /^\+?[0-9 ()./-]+$/.test(value) && digits >= 6 && digits <= 15
    ? undefined
    : 'Enter a phone number of 6 to 15 digits, such as +44 20 7946 0000.'
}
