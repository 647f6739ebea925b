/**
 * What a stranger does first: `npm start`, twice. The first start may build (60 s from a clean clone, the install included, is the
 * promise; the build alone gets 45), the second shows the sign-in page within seconds; Ctrl-C ends both cleanly.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

// 5 s is what a quiet machine needs; the rest is for a busy one
const BOUNDS = [
  { start: 'the first start', seconds: 45 },
  { start: 'the next start', seconds: 10 },
]

const data = mkdtempSync(join(tmpdir(), 'gatehouse-start-'))
const ports = [await freePort(), await freePort()]
try {
  for (const bound of BOUNDS) await startAndStop(bound)
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
} finally {
  rmSync(data, { recursive: true, force: true })
}

async function startAndStop({ start, seconds }) {
  const [port, samplesPort] = ports
  const began = Date.now()
  // as from a terminal: npm and all that it starts are one group, which Ctrl-C reaches as a whole
  const words = ['start', '--', '--port', port, '--samples-port', samplesPort, '--data', data]
  const npm = spawn('npm', words.map(String), { stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  const said = []
  npm.stdout.on('data', (chunk) => said.push(chunk))
  npm.stderr.on('data', (chunk) => said.push(chunk))
  const ended = new Promise((resolve) => npm.once('exit', (code, signal) => resolve(code ?? signal)))
  const fail = (what) => {
    throw new Error(`${start}: ${what}\n${Buffer.concat(said).toString('utf8')}`)
  }
  try {
    const page = await signInPage(`http://localhost:${port}/t/main/login`, npm, began + seconds * 1000)
    const took = (Date.now() - began) / 1000
    if (page === undefined) fail(npm.exitCode === null ? `no sign-in page within ${seconds} s` : `it ended with ${npm.exitCode}`)
    if (!/name="username"/.test(page) || !/name="password"/.test(page)) fail(`that is no sign-in page:\n${page}`)
    console.log(`${start}: the sign-in page after ${took.toFixed(1)} s`)
  } finally {
    if (npm.exitCode === null && npm.signalCode === null) process.kill(-npm.pid, 'SIGINT')
  }
  const late = pause(10_000, 'late', { ref: false })
  const end = await Promise.race([ended, late])
  if (end === 'late') {
    process.kill(-npm.pid, 'SIGKILL')
    fail('Ctrl-C did not end it within 10 s')
  }
  // npm reports its child's end by SIGINT as such, or as 130
  if (![0, 'SIGINT', 130].includes(end)) fail(`Ctrl-C ended it with ${end}`)
}

async function signInPage(url, process, until) {
  while (Date.now() < until && process.exitCode === null) {
    const page = await pageAsABrowserGetsIt(url).catch(() => undefined)
    if (page !== undefined) return page
    await pause(100)
  }
  return undefined
}

/** Follows redirects with the cookies that came on the way; undefined unless a page was reached. */
async function pageAsABrowserGetsIt(url) {
  const cookies = new Map()
  let address = url
  for (let hops = 0; hops < 5; hops++) {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
    const answer = await fetch(address, { redirect: 'manual', headers: { cookie } })
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const next = answer.headers.get('location')
    if (next === null) return answer.ok ? answer.text() : undefined
    address = new URL(next, address).href
  }
  return undefined
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, 'localhost', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
