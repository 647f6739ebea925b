/**
 * Makes the code of the front doors: the address table of the house before `viewer_request.ts`, and what the certificates' host needs of it before
 * `certificate_request.ts`, in what cloudfront-js-2.0 understands.
 */
import { join } from 'node:path'
import { TENANT_ID } from '@gatehouse/core/ids.ts'
import { directionOf, SUPPORTED_LOCALES } from '@gatehouse/core/locale.ts'
import { ROUTES } from '@gatehouse/http/front.ts'
import { ar } from '@gatehouse/pages/locales/ar.ts'
import { de } from '@gatehouse/pages/locales/de.ts'
import { en } from '@gatehouse/pages/locales/en.ts'
import { buildSync } from 'esbuild'
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

/** Of the house's own page for what is nowhere, the words: locale -> direction, title, text. The first is for everybody else. */
const PAGES = { en, de, ar }
const NOWHERE = Object.fromEntries(
  SUPPORTED_LOCALES.map((locale) => [locale, [directionOf(locale), PAGES[locale].notFound.title, PAGES[locale].notFound.body]]),
)

export function renderFrontDoor({ root, baseDomain, defaultTenant }: FrontDoorOptions): string {
  return render(root, 'viewer_request.ts', {
    BASE_DOMAIN: JSON.stringify(baseDomain),
    DEFAULT_TENANT: JSON.stringify(defaultTenant),
    TENANT_ID: String(TENANT_ID),
    ROUTES: routes(ROUTES.filter(({ takesCertificates }) => !takesCertificates)),
    NOWHERE: JSON.stringify(NOWHERE),
    PLACE: JSON.stringify(PLACE),
    ...Object.fromEntries(Object.entries({ LOOKS_KEPT, PUBLIC, ASSET, PAGE_ASSET }).map(([name, pattern]) => [name, String(pattern)])),
  })
}

/** `host`: where certificates are asked for. */
export function renderCertificateDoor({ root, host }: { readonly root: string; readonly host: string }): string {
  return render(root, 'certificate_request.ts', {
    CERTIFICATE_HOST: JSON.stringify(host),
    TENANT_ID: String(TENANT_ID),
    ROUTES: routes(ROUTES.filter(({ takesCertificates }) => takesCertificates)),
    NOWHERE: JSON.stringify(NOWHERE),
  })
}

function routes(table: typeof ROUTES): string {
  return `[\n${table.map(({ path, app }) => `  { path: ${path}, app: '${app}' },`).join('\n')}\n]`
}

function render(root: string, file: string, constants: Readonly<Record<string, string>>): string {
  // comments and types go, names and syntax stay: what is deployed can be read in the console
  const { outputFiles } = buildSync({
    entryPoints: [join(root, 'infra/front_door', file)],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    supported: { 'object-extensions': false },
    legalComments: 'none',
    tsconfigRaw: {},
  })
  const code = String(outputFiles[0]?.text)
    .replace(/^\/\/ .*\n/gm, '')
    .replace(/\nexport \{\s*handler\s*\};?\s*$/, '\n')
  const rendered = [
    "import cf from 'cloudfront'",
    ...Object.entries(constants).map(([name, value]) => `const ${name} = ${value}`),
    code,
  ].join('\n')
  const bytes = Buffer.byteLength(rendered)
  if (bytes > MAXIMUM_BYTES) throw new Error(`${file} makes ${bytes} bytes; CloudFront takes ${MAXIMUM_BYTES}`)
  return rendered
}
