/** Where what is stored is not what is wanted. */

export type Declared = Readonly<Record<string, unknown>>

/**
 * Paths at which `wanted` is not `stored`. `named`: only what is wanted counts, whatever else is stored. `whole`: what is stored and no longer
 * wanted counts too.
 */
export function differences(stored: Declared, wanted: Declared, extent: 'named' | 'whole', path = ''): string[] {
  const fields = extent === 'named' ? Object.keys(wanted) : [...new Set([...Object.keys(wanted), ...Object.keys(stored)])]
  return fields.flatMap((field) => differ(stored[field], wanted[field], extent, path === '' ? field : `${path}.${field}`))
}

function differ(there: unknown, value: unknown, extent: 'named' | 'whole', place: string): string[] {
  if (value === undefined) return extent === 'whole' && there !== undefined ? [place] : []
  if (isRecord(value) && isRecord(there)) return differences(there, value, extent, place)
  if (Array.isArray(value) && Array.isArray(there) && value.length === there.length)
    return value.flatMap((one, index) => differ(there[index], one, extent, `${place}.${index}`))
  return there === value ? [] : [place]
}

/** What is stored, with the named parts replaced, and only those. */
export function merged(stored: unknown, wanted: unknown): unknown {
  if (!isRecord(stored) || !isRecord(wanted)) return wanted
  return { ...stored, ...Object.fromEntries(Object.entries(wanted).map(([field, value]) => [field, merged(stored[field], value)])) }
}

/** Lists whose order says nothing. The house answers them in an order of its own. */
const SETS = ['permissions', 'roles', 'groups']

export function withSortedSets(record: Declared): Declared {
  return Object.fromEntries(
    Object.entries(record).map(([field, value]) => [
      field,
      SETS.includes(field) && Array.isArray(value) ? [...new Set(value)].sort() : value,
    ]),
  )
}

function isRecord(value: unknown): value is Declared {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
