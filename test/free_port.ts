/** A port of this machine that nobody listens at, for a server that is started with it a moment later. */
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** Below those that the system gives to whoever connects or asks for any (Linux: from 32768 on): between this look and the server's start none of them takes it. Above 10080, which browsers refuse. */
const FIRST = 10_100
const LAST = 32_000
/** Files that run at the same time, each in a worker of this number, look in parts of their own: nobody is given what another has been given and does not listen at yet. */
const PARTS = 16
const PART = Math.floor((LAST - FIRST) / PARTS)
const first = FIRST + (Number(process.env.VITEST_POOL_ID ?? 0) % PARTS) * PART
const given = new Set<number>()

export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(first, first + PART)
    if (given.has(port) || !(await isFree(port))) continue
    given.add(port)
    return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(false) : reject(error),
    )
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
