/** Which sorts of foreign hashes a tenant has: remembered when one is brought in, asked for by `padding.ts` when a sign-in is refused. */

/** Shape (a function with what is fixed of it) -> the most work that a hash of this shape took. */
export type ImportedHashes = Readonly<Record<string, number>>

export type Shape = { readonly name: string; readonly work: number }

/** A refusal computes each once: more would be a weapon. */
export const MOST_SHAPES = 4

/** The shapes with this one among them; the same object where it is there already; undefined where there are too many. */
export function withShape(shapes: ImportedHashes, shape: Shape): ImportedHashes | undefined {
  if ((shapes[shape.name] ?? 0) >= shape.work) return shapes
  const grown = { ...shapes, [shape.name]: shape.work }
  return Object.keys(grown).length > MOST_SHAPES ? undefined : grown
}
