/** Makes the code of the front door: the address table of the house before `viewer_request.ts`, in what cloudfront-js-2.0 understands. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { directionOf, SUPPORTED_LOCALES } from '@gatehouse/core/locale.ts'
import { ROUTES } from '@gatehouse/http/front.ts'
import { ar } from '@gatehouse/pages/locales/ar.ts'
import { de } from '@gatehouse/pages/locales/de.ts'
import { en } from '@gatehouse/pages/locales/en.ts'
import { transformSync } from 'esbuild'
import { ASSET, LOOKS_KEPT, PAGE_ASSET, PUBLIC } from './front_door_paths.ts'

export type FrontDoorOptions = {
  /** The repository's root: within sst's bundle no file knows where it came from. */
  readonly root: string
  /** Tenants live at `{tenant}.{baseDomain}`; empty: at `/t/{tenant}` of the generated host. */
  readonly baseDomain: string
  readonly defaultTenant: string
}

/** CloudFront takes no larger function. */
export const MAXIMUM_BYTES = 10_240

/** Of CloudFront's headers (`cloudfront-viewer-*`), those that a door believes (`packages/lambda/src/door.ts`): the policy for dynamic pages asks for them. */
export const PLACE = ['country', 'country-region', 'city', 'latitude', 'longitude', 'time-zone', 'asn']

/** As `packages/core/src/ids.ts` has it. */
const TENANT_ID = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/** Of the house's own page for what is nowhere, the words: locale -> direction, title, text. The first is for everybody else. */
const PAGES = { en, de, ar }
const NOWHERE = Object.fromEntries(
  SUPPORTED_LOCALES.map((locale) => [locale, [directionOf(locale), PAGES[locale].notFound.title, PAGES[locale].notFound.body]]),
)

export function renderFrontDoor({ root, baseDomain, defaultTenant }: FrontDoorOptions): string {
  const constants = {
    BASE_DOMAIN: JSON.stringify(baseDomain),
    DEFAULT_TENANT: JSON.stringify(defaultTenant),
    TENANT_ID: String(TENANT_ID),
    ROUTES: `[\n${ROUTES.map(({ path, app }) => `  { path: ${path}, app: '${app}' },`).join('\n')}\n]`,
    NOWHERE: JSON.stringify(NOWHERE),
    PLACE: JSON.stringify(PLACE),
    ...Object.fromEntries(Object.entries({ LOOKS_KEPT, PUBLIC, ASSET, PAGE_ASSET }).map(([name, pattern]) => [name, String(pattern)])),
  }
  const source = readFileSync(join(root, 'infra/front_door/viewer_request.ts'), 'utf8')
  // comments and types go, names and syntax stay: what is deployed can be read in the console
  const { code } = transformSync(source, {
    loader: 'ts',
    target: 'es2022',
    supported: { 'object-extensions': false },
    legalComments: 'none',
  })
  const rendered = [
    "import cf from 'cloudfront'",
    ...Object.entries(constants).map(([name, value]) => `const ${name} = ${value}`),
    code,
  ].join('\n')
  const bytes = Buffer.byteLength(rendered)
  if (bytes > MAXIMUM_BYTES) throw new Error(`the front door has ${bytes} bytes; CloudFront takes ${MAXIMUM_BYTES}`)
  return rendered
}
