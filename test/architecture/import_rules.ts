/** The rules about who may import whom. Each gives the sentences that say what is wrong; an empty list is a clean house. */
import { posix } from 'node:path'
import { FOR_TESTS, ROOFS_THAT_CHOOSE_ADAPTERS, type Room } from './floors.ts'
import { type House, isTest, roomOf } from './house.ts'
import type { Import, Source } from './source.ts'

type Target =
  | { readonly kind: 'file'; readonly path: string; readonly byName: boolean }
  | { readonly kind: 'package'; readonly name: string }
  | { readonly kind: 'node'; readonly name: string }

export function targetOf(from: string, specifier: string): Target {
  if (specifier.startsWith('.')) return { kind: 'file', path: posix.normalize(posix.join(posix.dirname(from), specifier)), byName: false }
  if (specifier.startsWith('node:')) return { kind: 'node', name: specifier.slice('node:'.length).split('/')[0] ?? '' }
  const [scope = '', name = '', ...rest] = specifier.split('/')
  if (scope !== '@gatehouse') return { kind: 'package', name: scope.startsWith('@') ? `${scope}/${name}` : scope }
  const folder = name.startsWith('sample-') ? `samples/${name.slice('sample-'.length)}` : name === 'bench' ? 'bench' : `packages/${name}`
  // What must run before TypeScript does lies beside `src` (`@gatehouse/local/pinned_node.mjs`).
  const isBeside = rest.length === 1 && rest[0]?.endsWith('.mjs')
  return { kind: 'file', path: `${folder}/${isBeside ? '' : 'src/'}${rest.join('/')}`, byName: true }
}

/** Every import of a room's source, with the row of its room. Files of `test/` have no row: they look at the house from outside. */
function* importsOfRooms(
  house: House,
): Generator<{ source: Source; room: string; row: Room; imported: Import; target: Target; at: string }> {
  for (const source of house.sources) {
    const room = roomOf(source.path)
    const row = room === undefined ? undefined : house.floors[room]
    if (room === undefined || row === undefined) continue
    for (const imported of source.imports) {
      yield { source, room, row, imported, target: targetOf(source.path, imported.specifier), at: `${source.path}:${imported.line}` }
    }
  }
}

export function roomsHaveFloors(house: House): string[] {
  const folders = new Set(house.sources.map((source) => roomOf(source.path)).filter((room) => room !== undefined))
  for (const room of house.rooms) folders.add(room.name)
  const homeless = [...folders].filter((room) => house.floors[room] === undefined).map((room) => `${room} has no floor in floors.ts`)
  const empty = Object.keys(house.floors).filter((room) => !folders.has(room))
  return [...homeless, ...empty.map((room) => `${room} is in floors.ts, but nothing lives there`)]
}

/** Samples stand outside on the ground: they know no room, so a roof may start them. The bench looks at the house from above. */
const HEIGHT = { cellar: 1.5, sample: 5.5, bench: 7 }

/** A row may name only rooms that stand lower, the cellar from the roof, or neighbours, as long as neighbours make no circle. */
export function tableRunsDown(house: House): string[] {
  const height = (room: Room): number => (typeof room.floor === 'number' ? room.floor : HEIGHT[room.floor])
  const upward = Object.entries(house.floors).flatMap(([name, row]) =>
    row.uses.flatMap((used) => {
      const other = house.floors[used]
      if (other === undefined) return [`floors.ts: ${name} uses ${used}, which has no floor`]
      const reachesCellar = other.floor === 'cellar' && height(row) < 6
      return height(other) > height(row) || reachesCellar ? [`floors.ts: ${name} may not stand on ${used}`] : []
    }),
  )
  const graph = new Map(Object.entries(house.floors).map(([name, row]) => [name, row.uses]))
  return [...upward, ...circles(graph).map((circle) => `floors.ts: a circle of rooms: ${circle.join(' -> ')}`)]
}

export function importsRunDown(house: House): string[] {
  const wrong: string[] = []
  for (const { source, room, row, imported, target, at } of importsOfRooms(house)) {
    if (target.kind !== 'file') continue
    const to = roomOf(target.path)
    if (to === room) continue
    const allowed = isTest(source.path) ? [...row.uses, ...FOR_TESTS.uses] : row.uses
    if (to === undefined) wrong.push(`${at}: ${imported.specifier} leaves the rooms`)
    else if (!allowed.includes(to)) wrong.push(`${at}: ${room} may not import ${to}`)
    else if (!target.byName) wrong.push(`${at}: enter a room by its name (@gatehouse/${to}/...), not through ${imported.specifier}`)
  }
  return wrong
}

export function filesMakeNoCircle(house: House): string[] {
  const known = new Set(house.sources.map((source) => source.path))
  const graph = new Map(
    house.sources.map((source) => {
      const targets = source.imports.map((imported) => targetOf(source.path, imported.specifier))
      return [source.path, targets.flatMap((target) => (target.kind === 'file' && known.has(target.path) ? [target.path] : []))]
    }),
  )
  return circles(graph).map((circle) => `a circle of files: ${circle.join(' -> ')}`)
}

export function importedFilesExist(house: House): string[] {
  const known = new Set(house.paths)
  const isCode = (path: string): boolean => /\.(ts|tsx|mts|mjs|js)$/.test(path)
  return house.sources.flatMap((source) =>
    source.imports.flatMap((imported) => {
      const target = targetOf(source.path, imported.specifier)
      if (target.kind !== 'file' || known.has(target.path)) return []
      if (!/\.\w+$/.test(target.path)) return [`${source.path}:${imported.line}: ${imported.specifier} lacks its extension`]
      return isCode(target.path) ? [`${source.path}:${imported.line}: ${imported.specifier} is not there`] : []
    }),
  )
}

export function packagesAreAllowed(house: House): string[] {
  const wrong: string[] = []
  for (const { source, room, row, target, at } of importsOfRooms(house)) {
    if (target.kind === 'file') continue
    const test = isTest(source.path)
    if (target.kind === 'node') {
      if (!test && !row.node.includes('*') && !row.node.includes(target.name)) wrong.push(`${at}: ${room} may not use node:${target.name}`)
      continue
    }
    const allowed = test ? [...row.packages, ...FOR_TESTS.packages] : row.packages
    if (!allowed.includes(target.name)) wrong.push(`${at}: ${room} may not use the package ${target.name}`)
  }
  return wrong
}

export function packagesAreDeclared(house: House): string[] {
  const declared = new Map(house.rooms.map((room) => [room.name, new Set(room.dependencies)]))
  const wrong = new Set<string>()
  for (const { source, room, target } of importsOfRooms(house)) {
    if (isTest(source.path) || target.kind === 'node') continue
    const to = target.kind === 'file' ? roomOf(target.path) : undefined
    if (to === room) continue
    const name = target.kind === 'package' ? target.name : `@gatehouse/${to?.replace('samples/', 'sample-')}`
    if (!declared.get(room)?.has(name)) wrong.add(`${room} imports ${name}, which its package.json does not name`)
  }
  return [...wrong]
}

/** Two roofs, one house: were an adapter named elsewhere, the other roof would need a branch. */
export function adaptersAreChosenAtTheRoof(house: House): string[] {
  const wrong: string[] = []
  for (const { source, room, imported, target, at } of importsOfRooms(house)) {
    if (target.kind !== 'file' || roomOf(target.path) !== 'adapters' || room === 'adapters' || isTest(source.path)) continue
    if (!ROOFS_THAT_CHOOSE_ADAPTERS.includes(source.path))
      wrong.push(`${at}: only ports.ts of a roof names an adapter, not ${imported.specifier}`)
  }
  return wrong
}

/** One circle per strongly connected part, as a walk that ends where it began. */
export function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const done = new Set<string>()
  const found: string[][] = []
  const walk = (node: string, trail: string[]): void => {
    const seenAt = trail.indexOf(node)
    if (seenAt >= 0) return void found.push([...trail.slice(seenAt), node])
    if (done.has(node)) return
    for (const next of graph.get(node) ?? []) walk(next, [...trail, node])
    done.add(node)
  }
  for (const node of graph.keys()) walk(node, [])
  return found
}
