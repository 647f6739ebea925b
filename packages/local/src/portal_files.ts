/** My Account's built files, read from a folder. File names that carry a content hash are immutable. */
import { readFile } from 'node:fs/promises'
import { join, normalize, sep } from 'node:path'
import type { PortalFiles } from '@gatehouse/http/house.ts'

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
  json: 'application/json',
  webmanifest: 'application/manifest+json',
}

export function portalFiles(folder: string): PortalFiles {
  return {
    async read(path) {
      const file = normalize(join(folder, path))
      if (!file.startsWith(folder + sep)) return undefined
      const contentType = CONTENT_TYPES[file.slice(file.lastIndexOf('.') + 1)]
      if (contentType === undefined) return undefined
      try {
        return { body: await readFile(file), contentType, immutable: /-[A-Za-z0-9_-]{8,}\.\w+$/.test(file) }
      } catch (error) {
        if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR')) return undefined
        throw error
      }
    },
  }
}
