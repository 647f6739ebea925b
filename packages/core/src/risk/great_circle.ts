/** Distance on the sphere, by the haversine formula. Degrees WGS 84. */

export type Position = { readonly latitude: number; readonly longitude: number }

const EARTH_KILOMETRES = 6371

export function kilometresBetween(one: Position, other: Position): number {
  const [a, b] = [radians(one.latitude), radians(other.latitude)]
  const half = (angle: number) => Math.sin(angle / 2) ** 2
  const h = half(b - a) + Math.cos(a) * Math.cos(b) * half(radians(other.longitude - one.longitude))
  return 2 * EARTH_KILOMETRES * Math.asin(Math.min(1, Math.sqrt(h)))
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180
}
