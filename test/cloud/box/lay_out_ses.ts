/** `aws-ses-v2-local` stands among a hundred packages that nothing but the box needs: they are laid out when a box first opens. */
import { cpSync, readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { layOutOnce, step } from '../../../infra/plan/lay_out_once.ts'
import { ROOT } from '../../../infra/plan/lay_out_platform.ts'

export type OpenSesLocal = (options: { readonly host: string; readonly port: number }) => Promise<Server>

const FOLDER = join(ROOT, '.build/box_ses')
const TOOLCHAIN = join(import.meta.dirname, 'toolchain')
const LOCK = join(TOOLCHAIN, 'package-lock.json')

export async function bringSesLocal(): Promise<OpenSesLocal> {
  await layOutOnce(FOLDER, readFileSync(LOCK, 'utf8'), async () => {
    for (const file of [join(TOOLCHAIN, 'package.json'), LOCK, join(ROOT, '.npmrc')]) cpSync(file, join(FOLDER, basename(file)))
    await step({ failure: "npm could not install the box's SES", folder: FOLDER, command: 'npm', words: ['ci'] })
  })
  const { default: openSesLocal } = createRequire(join(FOLDER, 'package.json'))('aws-ses-v2-local') as { default: OpenSesLocal }
  return openSesLocal
}
