/** The built files of My Account: which script and styles the page starts with (Vite's manifest), and the files themselves. */
import { IamError } from '@gatehouse/core/error.ts'
import type { HouseContext } from '../house.ts'

const ENTRY = 'src/main.tsx'

export type Entry = { readonly script: string; readonly styles: readonly string[] }

/** A file's name carries a hash of its content, so it may be kept for ever; it holds nothing of any tenant. */
export async function sendPortalFile(c: HouseContext): Promise<Response> {
  const file = await c.env.house.portal?.read(`assets/${c.req.param('file')}`)
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
  const entry = isRecord(manifest) ? manifest[ENTRY] : undefined
  if (!isRecord(entry) || typeof entry.file !== 'string') throw new IamError('unavailable', 'My Account is not built on this server')
  const styles = Array.isArray(entry.css) ? entry.css.filter((path) => typeof path === 'string') : []
  return { script: entry.file, styles }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
