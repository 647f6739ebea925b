/** The list of My Account's built files, as the build puts it into the function: all that the page needs to name them. */
import type { PortalFiles } from '@gatehouse/http/house.ts'

/** Replaced by `build.mjs` with the text of Vite's manifest. */
declare const PORTAL_MANIFEST: string

export const portalManifest: PortalFiles = {
  async read(path) {
    if (path !== 'manifest.json') return undefined
    return { body: new TextEncoder().encode(PORTAL_MANIFEST), contentType: 'application/json', immutable: false }
  },
}
