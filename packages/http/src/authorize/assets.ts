/** The pages' static files. Their names carry a hash of their content, so they are kept for ever. */
import { assets } from '@gatehouse/pages/assets.ts'

const BY_PATH = new Map(assets.map((asset) => [asset.path, asset]))

/** `path` from the origin's root. They hold nothing of any tenant, so they are served before any tenant is looked up. */
export function findAsset(path: string): Response | undefined {
  const asset = BY_PATH.get(path)
  return (
    asset &&
    new Response(asset.body, {
      headers: {
        'content-type': asset.contentType,
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
      },
    })
  )
}
