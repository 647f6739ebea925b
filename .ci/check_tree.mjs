/**
 * What a tracked file must not say: where packages were downloaded from (a mirror's name would bind every later install to it),
 * and where this tree lies on the machine that wrote it.
 */
import { execFileSync } from 'node:child_process'
import { lstatSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'

// in pieces, so that this file may stand in the tree
const REGISTRIES = [
  ['registry', 'npmjs', 'org'],
  ['registry', 'yarnpkg', 'com'],
  ['npm', 'pkg', 'github', 'com'],
].map((parts) => parts.join('.'))
const MACHINE_FOLDERS = ['work', 'root', 'home', 'Users'].join('|')
const MACHINE_PATH = new RegExp(`(?<![\\w.~*/-])/(?:${MACHINE_FOLDERS})/[A-Za-z][\\w.-]*/?`)
const HERE = [process.cwd(), homedir()].filter((path) => path.split('/').length > 2)
const KEY = /-----BEGIN (?:RSA |EC )?PRIVATE KEY-----/

const CHECKS = [
  { what: 'names a package registry', find: (line) => REGISTRIES.find((host) => line.includes(host)) },
  { what: 'names a path of a machine', find: (line) => HERE.find((path) => line.includes(path)) ?? line.match(MACHINE_PATH)?.[0] },
  { what: 'holds a private key', find: (line) => line.match(KEY)?.[0] },
]

const tracked = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0').filter(Boolean)
const wrong = tracked.filter((path) => lstatSync(path, { throwIfNoEntry: false })?.isFile()).flatMap(checkFile)

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
for (const [name, entry] of Object.entries(lock.packages)) {
  if (/^(https?|git)/.test(entry.resolved ?? ''))
    wrong.push(`package-lock.json: ${name} has a download address; .npmrc should leave them out`)
}
if (tracked.length === 0) wrong.push('git lists no tracked file: there is nothing to check')

for (const sentence of wrong) console.error(sentence)
console.log(`${tracked.length} tracked files, ${wrong.length} complaints`)
process.exitCode = wrong.length === 0 ? 0 : 1

function checkFile(path) {
  const bytes = readFileSync(path)
  if (bytes.includes(0)) return []
  return bytes
    .toString('utf8')
    .split('\n')
    .flatMap((line, index) =>
      CHECKS.flatMap(({ what, find }) => {
        const found = find(line)
        return found === undefined ? [] : [`${path}:${index + 1}: ${what}: ${found}`]
      }),
    )
}
