/** The built files of My Account: which script and styles the page starts with (Vite's manifest), and the files themselves. */
import { IamError } from '@gatehouse/core/error.ts'
import type { HouseContext } from '../house.ts'

const ENTRY = 'src/main.tsx'
/** As Vite writes them: one name, no way to another folder. */
const FILE_NAME = /^[\w-][\w.-]{0,199}$/

export type Entry = {
  readonly script: string
  readonly styles: readonly string[]
  /** What the script imports at once: fetched beside it, not after it. */
  readonly preloads: readonly string[]
}

/** A file's name carries a hash of its content, so it may be kept for ever; it holds nothing of any tenant. */
export async function sendPortalFile(c: HouseContext): Promise<Response> {
  const name = c.req.param('file') ?? ''
  // Decoded: a slash, dots or a NUL may have been written in percents.
  const file = FILE_NAME.test(name) ? await c.env.house.portal?.read(`assets/${name}`) : undefined
  if (file === undefined) throw new IamError('not_found', 'there is no such file')
  return c.body(new Uint8Array(file.body), 200, {
    'content-type': file.contentType,
    'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    'x-content-type-options': 'nosniff',
  })
}

/** Read for each page: the portal may be built anew while the house stands, and the file is small. */
export async function loadEntry(c: HouseContext): Promise<Entry> {
  const file = await c.env.house.portal?.read('manifest.json')
  const manifest: unknown = file && JSON.parse(new TextDecoder().decode(file.body))
  const [entry, ...imported] = isRecord(manifest) ? chunksFrom(manifest, ENTRY) : []
  if (entry === undefined) throw new IamError('unavailable', 'My Account is not built on this server')
  return {
    script: entry.file,
    styles: [entry, ...imported].flatMap((chunk) => chunk.styles),
    preloads: imported.map((chunk) => chunk.file),
  }
}

type Chunk = { readonly file: string; readonly styles: readonly string[] }

/** The chunk and everything that it imports statically, each once. */
function chunksFrom(manifest: Readonly<Record<string, unknown>>, name: string, seen = new Set<string>()): Chunk[] {
  const chunk = manifest[name]
  if (seen.has(name) || !isRecord(chunk) || typeof chunk.file !== 'string') return []
  seen.add(name)
  return [
    { file: chunk.file, styles: textsOf(chunk.css) },
    ...textsOf(chunk.imports).flatMap((imported) => chunksFrom(manifest, imported, seen)),
  ]
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
