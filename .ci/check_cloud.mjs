/** `npm run cloud`: the cloud roof comes up on this machine, its front door shows the sign-in page, and Ctrl-C ends it cleanly. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

// the functions and My Account may have to be built, and the plan's toolchain laid out
const OPEN_SECONDS = 300
const CLOSE_SECONDS = 20
const AUTHORITY = fileURLToPath(new URL('../.build/cloud_authority.pem', import.meta.url))

const [port, samplesPort] = [await freePort(), await freePort()]
const words = ['run', 'cloud', '--', '--port', port, '--samples-port', samplesPort]
const npm = spawn('npm', words.map(String), { stdio: ['ignore', 'pipe', 'pipe'], detached: true })
const said = []
npm.stdout.on('data', (chunk) => said.push(chunk))
npm.stderr.on('data', (chunk) => said.push(chunk))
const ended = new Promise((resolve) => npm.once('exit', (code, signal) => resolve(code ?? signal)))
const text = () => Buffer.concat(said).toString('utf8')

try {
  const end = Date.now() + OPEN_SECONDS * 1000
  while (!text().includes('open after')) {
    if (npm.exitCode !== null) throw new Error(`it ended with ${npm.exitCode}`)
    if (Date.now() > end) throw new Error(`it was not open after ${OPEN_SECONDS} s`)
    await pause(200)
  }
  const page = await get(`https://localhost:${port}/t/main/login`)
  if (page !== 303) throw new Error(`the sign-in page was answered with ${page}`)
  process.kill(-npm.pid, 'SIGINT')
  const code = await Promise.race([ended, pause(CLOSE_SECONDS * 1000, 'nothing', { ref: false })])
  // npm reports its child's end by SIGINT as such, or as 130
  if (![0, 'SIGINT', 130].includes(code)) throw new Error(`Ctrl-C was answered with ${code}`)
  console.log(text())
} catch (error) {
  console.error(`npm run cloud: ${error.message}\n${text()}`)
  process.exitCode = 1
} finally {
  if (npm.exitCode === null && npm.signalCode === null) process.kill(-npm.pid, 'SIGKILL')
}

function get(url) {
  return new Promise((resolve, reject) => {
    request(url, { ca: readFileSync(AUTHORITY) }, (answer) => resolve(answer.resume().statusCode))
      .on('error', reject)
      .end()
  })
}

async function freePort() {
  const server = createServer()
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port: found } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return found
}
