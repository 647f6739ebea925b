/** Times as the API tells them. */

/** `seconds` since the epoch. */
export function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}
