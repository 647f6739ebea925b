/** What Pulumi hands to its mocks, as plain JSON: secrets unwrapped, archives as their path. */

const SIGNATURE = '4dabf18193072939515e22adb298388d'

/** `onSecret` hears the path of each value that Pulumi would encrypt in its state. */
export function plain(inputs: Record<string, unknown>, onSecret: (path: string) => void = () => {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(inputs)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([key, value]) => [key, plainValue(value, key, onSecret)]),
  )
}

function plainValue(value: unknown, path: string, onSecret: (path: string) => void): unknown {
  if (Array.isArray(value)) return value.map((item, index) => plainValue(item, `${path}.${index}`, onSecret))
  if (typeof value !== 'object' || value === null) return value
  if (SIGNATURE in value && 'value' in value) {
    onSecret(path)
    return plainValue(value.value, path, onSecret)
  }
  const file = 'path' in value && ('__pulumiAsset' in value || '__pulumiArchive' in value) ? value.path : undefined
  if (file !== undefined) return { file }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined && item !== null)
      .map(([key, item]) => [key, plainValue(item, `${path}.${key}`, onSecret)]),
  )
}
