/**
 * The floor table. A room may import the rooms in `uses`, which stand on lower floors, or on its own where the row says so and no
 * circle arises; the npm packages in `packages`; the parts of Node in `node`. A new room, or a new right of one, is a row here.
 */

/** What a pure room gets as an argument instead: `Clock`, `Random`, `Egress`, settings. */
export type Impurity = 'clock' | 'stopwatch' | 'randomness' | 'timers' | 'environment' | 'network'

export type Room = {
  readonly floor: number | 'cellar' | 'sample' | 'bench'
  readonly uses: readonly string[]
  readonly packages: readonly string[]
  /** Names without `node:`; `*` is all of them. */
  readonly node: readonly string[]
  readonly mayUse: readonly Impurity[]
}

export type Floors = Readonly<Record<string, Room>>

const NOTHING: readonly never[] = []
const ANY_IMPURITY: readonly Impurity[] = ['clock', 'stopwatch', 'randomness', 'timers', 'environment', 'network']

/** A folder of `packages/`, or the path of a workspace elsewhere -> its row. */
export const FLOORS: Floors = {
  core: { floor: 0, uses: NOTHING, packages: ['jose'], node: NOTHING, mayUse: NOTHING },
  ports: { floor: 1, uses: ['core'], packages: NOTHING, node: NOTHING, mayUse: NOTHING },
  // the pauses between the tries of a busy table; no decision hangs on them
  store: { floor: 2, uses: ['core', 'ports'], packages: NOTHING, node: ['crypto'], mayUse: ['timers'] },

  adapters: {
    floor: 'cellar',
    uses: ['core', 'ports'],
    packages: ['aws4', '@node-rs/argon2', 'apache-md5', 'aws-local-stepfunctions', 'bcryptjs', 'mmdb-lib'],
    node: ['*'],
    mayUse: ANY_IMPURITY,
  },

  directory: { floor: 3, uses: ['core', 'ports', 'store'], packages: NOTHING, node: NOTHING, mayUse: NOTHING },
  privacy: { floor: 3, uses: ['core', 'ports', 'store'], packages: NOTHING, node: NOTHING, mayUse: NOTHING },
  messaging: { floor: 3, uses: ['core', 'ports', 'store'], packages: NOTHING, node: NOTHING, mayUse: NOTHING },
  workflow: { floor: 3, uses: ['core', 'ports', 'store', 'directory'], packages: NOTHING, node: NOTHING, mayUse: NOTHING },
  identity: {
    floor: 3,
    uses: ['core', 'ports', 'store', 'directory', 'privacy'],
    // the certificates of people, loaded with the first; what is asked about them, with the first that is asked about
    packages: ['jose', '@simplewebauthn/server', '@peculiar/asn1-schema', '@peculiar/asn1-x509', '@peculiar/asn1-ocsp', 'asn1js'],
    node: ['crypto'],
    mayUse: NOTHING,
  },

  // adaptive scripts: QuickJS, loaded with the first script; how long one takes, and its end
  policy: {
    floor: 3,
    uses: ['core', 'ports', 'store', 'directory'],
    packages: ['quickjs-emscripten-core', '@jitl/quickjs-singlefile-mjs-release-sync'],
    node: ['vm'],
    mayUse: ['stopwatch'],
  },

  // the content hash in the names of its static files
  pages: { floor: 4, uses: ['core'], packages: ['hono', 'qr'], node: ['crypto'], mayUse: NOTHING },
  relay: {
    floor: 4,
    uses: ['core', 'ports', 'store', 'messaging', 'workflow', 'identity', 'directory', 'policy'],
    packages: NOTHING,
    node: NOTHING,
    mayUse: NOTHING,
  },

  http: {
    floor: 5,
    uses: ['core', 'ports', 'store', 'directory', 'privacy', 'workflow', 'identity', 'policy', 'pages'],
    packages: ['hono', '@hono/zod-openapi', 'zod'],
    node: ['crypto'],
    // milliseconds of a request, for its log line
    mayUse: ['stopwatch'],
  },

  // the operator's calls to AWS, for the command line
  stage: {
    floor: 5,
    uses: NOTHING,
    packages: [
      '@aws-sdk/client-cloudfront',
      '@aws-sdk/client-cloudwatch',
      '@aws-sdk/client-cloudwatch-logs',
      '@aws-sdk/client-dynamodb',
      '@aws-sdk/client-lambda',
      '@aws-sdk/client-sesv2',
      '@aws-sdk/client-sns',
      '@aws-sdk/client-sqs',
      '@aws-sdk/client-ssm',
      'zod',
    ],
    node: ['*'],
    mayUse: ANY_IMPURITY,
  },

  portal: {
    floor: 6,
    // of the pages, the words for claims and scopes
    uses: ['core', 'pages'],
    packages: [
      'react',
      'react-dom',
      '@mantine/core',
      '@mantine/hooks',
      '@mantine/notifications',
      '@tanstack/react-query',
      '@tanstack/react-router',
      '@simplewebauthn/browser',
      'vite',
      '@vitejs/plugin-react',
    ],
    node: NOTHING,
    mayUse: ANY_IMPURITY,
  },
  local: {
    floor: 6,
    uses: [
      'core',
      'ports',
      'store',
      'adapters',
      'directory',
      'privacy',
      'messaging',
      'workflow',
      'identity',
      'pages',
      'relay',
      'http',
      // the command line works on a stage of the cloud too
      'stage',
      // it starts them; they know nothing of it
      'samples/pickup',
    ],
    packages: [
      'hono',
      '@hono/node-server',
      'ajv',
      'yaml',
      'zod',
      'openid-client',
      'esbuild',
      'vite',
      '@ip-location-db/geo-whois-asn-country-mmdb',
    ],
    node: ['*'],
    mayUse: ANY_IMPURITY,
  },

  lambda: {
    floor: 6,
    uses: [
      'core',
      'ports',
      'store',
      'adapters',
      'messaging',
      'workflow',
      'identity',
      'pages',
      'relay',
      'http',
      // its build of My Account: one for both roofs
      'local',
    ],
    // hono: the light web is tried under it
    packages: ['esbuild', 'hono'],
    node: ['*'],
    mayUse: ANY_IMPURITY,
  },

  'samples/pickup': {
    floor: 'sample',
    uses: NOTHING,
    packages: ['hono', '@hono/node-server', 'openid-client', 'jose'],
    node: ['*'],
    mayUse: ANY_IMPURITY,
  },
  bench: {
    floor: 'bench',
    uses: ['core', 'ports', 'store', 'directory', 'privacy', 'identity', 'pages', 'http', 'local', 'lambda'],
    // esbuild: it bundles the house as the product is bundled; the last three are rivals of the cold start
    packages: [
      'hono',
      '@hono/node-server',
      'jose',
      'oidc-provider',
      '@node-rs/argon2',
      'esbuild',
      '@aws-sdk/client-dynamodb',
      'aws4',
      '@openauthjs/openauth',
    ],
    node: ['*'],
    mayUse: ANY_IMPURITY,
  },
}

/** The only files that name concrete adapters. */
export const ROOFS_THAT_CHOOSE_ADAPTERS = ['packages/local/src/ports.ts', 'packages/lambda/src/ports.ts']

/** What a test beside the code may import above its room's row: the tools of tests, and an adapter where a real value beats a mock. */
export const FOR_TESTS = { uses: ['core', 'ports', 'adapters'], packages: ['vitest', 'fast-check'] }

export const MAX_LINES = 400
