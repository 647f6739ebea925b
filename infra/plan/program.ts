/** `sst.config.ts` bundled as sst itself bundles it: the shim injected, `$app`, `$cli` and `$dev` defined, the providers as globals. */
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { PROVIDERS } from '../providers.ts'
import { PLATFORM, PROJECT, ROOT } from './lay_out_platform.ts'

/** Never bundled by sst: they are found at run time, beside the platform. */
const EXTERNAL = [
  '@pulumi/*',
  '@pulumiverse/*',
  '@sst-provider/*',
  '@aws-sdk/*',
  'undici',
  'esbuild',
  'archiver',
  'glob',
  'vite',
  'lightningcss',
]

const REQUIRE = `
import { createRequire as topLevelCreateRequire } from 'module';
const require = topLevelCreateRequire(import.meta.url);
import { fileURLToPath as topLevelFileUrlToPath, URL as topLevelURL } from "url"
const __filename = topLevelFileUrlToPath(import.meta.url)
const __dirname = topLevelFileUrlToPath(new topLevelURL(".", import.meta.url))
`

/** What `app()` of the configuration says, as the deployment's `$app`. */
export type App = { readonly name: string; readonly stage: string; readonly removal: string; readonly protect: boolean }

/** Bundles the program that asks `app()`; gives the path to run. */
export function bundleAppProgram(stage: string, name: string): Promise<string> {
  const code = `
    globalThis.$config = (input) => input
    const { default: mod } = await import(${JSON.stringify(join(ROOT, 'sst.config.ts'))})
    const app = await mod.app({ stage: ${JSON.stringify(stage)} })
    process.stdout.write(JSON.stringify({ removal: 'retain', protect: false, ...app, stage: ${JSON.stringify(stage)} }))
  `
  return bundle({ name, code, define: {}, inject: [], globals: '' })
}

/** Bundles the program that makes every resource, against mocks. */
export function bundleRunProgram(app: App, name: string): Promise<string> {
  const paths = { home: join(PROJECT, '.home'), root: ROOT, work: join(PROJECT, '.sst'), platform: PLATFORM }
  const code = `
    import { mockedRun } from ${JSON.stringify(join(ROOT, 'infra/plan/mocked_run.ts'))}
    import { run } from ${JSON.stringify(join(PLATFORM, 'src/auto/run.ts'))}
    import mod from ${JSON.stringify(join(ROOT, 'sst.config.ts'))}
    await mockedRun($app, () => run(mod.run))
  `
  return bundle({
    name,
    code,
    define: {
      $app: JSON.stringify(app),
      $cli: JSON.stringify({ command: 'deploy', dev: false, paths, state: { version: {} } }),
      $dev: 'false',
    },
    inject: [join(PLATFORM, 'src/shim/run.js')],
    globals: [
      ...Object.keys(PROVIDERS).map((provider) => `import * as ${provider} from "@pulumi/${provider}";`),
      `import * as sst from "${PLATFORM}/src/components";`,
    ].join('\n'),
  })
}

type Bundle = {
  readonly name: string
  readonly code: string
  readonly define: Record<string, string>
  readonly inject: string[]
  readonly globals: string
}

async function bundle({ name, code, define, inject, globals }: Bundle): Promise<string> {
  const outfile = join(PLATFORM, name)
  mkdirSync(PLATFORM, { recursive: true })
  await build({
    stdin: { contents: code, resolveDir: ROOT, sourcefile: 'eval.ts', loader: 'ts' },
    banner: { js: REQUIRE },
    mainFields: ['module', 'main'],
    format: 'esm',
    platform: 'node',
    sourcemap: 'inline',
    nodePaths: [join(PLATFORM, 'node_modules')],
    external: EXTERNAL,
    plugins: [injectGlobals(globals)],
    define,
    inject,
    outfile,
    bundle: true,
    logLevel: 'silent',
    // the platform's own tsconfig extends a package that only its own folder has
    tsconfigRaw: {},
  })
  return outfile
}

/** sst puts the providers before every source that is not its own. */
function injectGlobals(globals: string): Plugin {
  return {
    name: 'globals',
    setup(on) {
      on.onLoad({ filter: /\.(js|ts|jsx|tsx)$/ }, ({ path }) => ({
        contents: path.includes('.sst') || globals === '' ? readFileSync(path, 'utf8') : `${globals}\n${readFileSync(path, 'utf8')}`,
        loader: 'default',
      }))
    },
  }
}
