/** The tree as the rules see it: its sources, its rooms, their papers. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { FLOORS, type Floors } from './floors.ts'
import { PARSED_EXTENSIONS, parseSource, type Source } from './source.ts'

export type RoomOnDisk = {
  /** As in the floor table. */
  readonly name: string
  readonly folder: string
  readonly hasPlate: boolean
  readonly dependencies: readonly string[]
}

export type House = {
  readonly floors: Floors
  readonly rooms: readonly RoomOnDisk[]
  readonly sources: readonly Source[]
  /** Every file of any kind. */
  readonly paths: readonly string[]
  /** The text of `docs/map.md`. */
  readonly map: string
}

const NOT_OURS = new Set(['node_modules', 'dist', 'coverage', 'testdata'])
const LOOKED_AT = ['packages', 'samples', 'bench', 'test', 'docs', 'infra', 'stacks']

export function readHouse(root: string): House {
  const paths = LOOKED_AT.flatMap((folder) => walk(root, folder))
  const folders = [
    ...childFolders(root, 'packages'),
    ...childFolders(root, 'samples'),
    ...(existsSync(join(root, 'bench')) ? ['bench'] : []),
  ]
  const map = join(root, 'docs/map.md')
  return {
    floors: FLOORS,
    rooms: folders.map((folder) => readRoom(root, folder)),
    sources: paths
      .filter((path) => PARSED_EXTENSIONS.has(extname(path)))
      .map((path) => parseSource(path, readFileSync(join(root, path), 'utf8'))),
    paths,
    map: existsSync(map) ? readFileSync(map, 'utf8') : '',
  }
}

/** `packages/core/src/x.ts` -> `core`; `samples/pickup/src/x.ts` -> `samples/pickup`; a file of `test/` belongs to no room. */
export function roomOf(path: string): string | undefined {
  const [first, second] = path.split('/')
  if (first === 'packages') return second
  if (first === 'samples') return `samples/${second}`
  return first === 'bench' ? 'bench' : undefined
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path)
}

function readRoom(root: string, folder: string): RoomOnDisk {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
  return {
    name: roomOf(folder) ?? folder,
    folder,
    hasPlate: existsSync(join(root, folder, 'README.md')),
    dependencies: Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }),
  }
}

function childFolders(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, folder, entry.name, 'package.json')))
    .map((entry) => `${folder}/${entry.name}`)
}

function walk(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.name.startsWith('.') || NOT_OURS.has(entry.name)) return []
    return entry.isDirectory() ? walk(root, path) : [path]
  })
}
