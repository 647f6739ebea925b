/** What Pulumi hands to its mocks, as plain JSON: secrets unwrapped, archives as their path. */

const SIGNATURE = '4dabf18193072939515e22adb298388d'

export function plain(inputs: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(inputs)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([key, value]) => [key, plainValue(value)]),
  )
}

function plainValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainValue)
  if (typeof value !== 'object' || value === null) return value
  if (SIGNATURE in value && 'value' in value) return plainValue(value.value)
  if ('path' in value && ('__pulumiAsset' in value || '__pulumiArchive' in value)) return { file: value.path }
  return plain({ ...value })
}

/** The paths of what Pulumi encrypts in its state, as they stand on the wire: in what the mocks get, a secret has darkened all around it. */
export function secretPaths(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => secretPaths(item, `${path}.${index}`))
  if (typeof value !== 'object' || value === null) return []
  if (SIGNATURE in value) return 'value' in value ? [path] : []
  return Object.entries(value)
    .flatMap(([key, item]) => secretPaths(item, path === '' ? key : `${path}.${key}`))
    .sort()
}
