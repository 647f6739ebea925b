/** Which Chromium the tests drive: the one named, the system's, or the one that an npm package brings, unpacked once. */
import { execFile } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export type FoundBrowser = {
  readonly path: string
  /** What its process needs beside our own environment. */
  readonly environment: Readonly<Record<string, string>>
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const PLACES = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']

/** `GATEHOUSE_CHROMIUM` is a path, or `npm` for the package's own even where the system has one. */
export async function findBrowser(environment: NodeJS.ProcessEnv = process.env): Promise<FoundBrowser> {
  const named = environment.GATEHOUSE_CHROMIUM
  if (named === 'npm') return unpackedBrowser()
  if (named !== undefined && named !== '') {
    if (!isProgram(named)) throw new Error(`GATEHOUSE_CHROMIUM names ${named}, which is no program`)
    return { path: named, environment: {} }
  }
  const folders = (environment.PATH ?? '').split(delimiter)
  const path = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...PLACES].find(isProgram)
  return path === undefined ? unpackedBrowser() : { path, environment: {} }
}

/** Several test processes may come here at once: each unpacks into a folder of its own, and the first to rename it wins. */
async function unpackedBrowser(): Promise<FoundBrowser> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('no browser found: install Chromium or Chrome, or name one in GATEHOUSE_CHROMIUM')
  }
  const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules/@sparticuz/chromium/package.json'), 'utf8'))
  const cache = join(ROOT, '.cache')
  const folder = join(cache, `chromium-${version}`)
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true })
    const own = mkdtempSync(join(cache, 'unpacking-'))
    await unpack(own)
    writeFileSync(join(own, 'fonts.conf'), fontsConfiguration(folder))
    try {
      renameSync(own, folder)
    } catch (error) {
      rmSync(own, { recursive: true, force: true })
      if (!existsSync(folder)) throw error
    }
  }
  return {
    path: join(folder, 'chromium'),
    environment: { LD_LIBRARY_PATH: join(folder, 'al2023/lib'), FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  }
}

/** The package unpacks into the folder for temporary files, and its libraries only where it believes to be on Lambda. */
async function unpack(folder: string): Promise<void> {
  const script = "const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath()"
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: ROOT,
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
  })
}

const fontsConfiguration = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
