/** The function itself: native where its binary is there, `node:crypto` otherwise. The same bytes, two to three times the time. */
import { type Argon2Parameters, argon2 } from 'node:crypto'
import { promisify } from 'node:util'
import type { Cost } from './phc.ts'

export type Engine = (password: string, salt: Buffer, cost: Cost, length: number) => Promise<Buffer>

const derive = promisify<'argon2id', Argon2Parameters, Buffer>((algorithm, parameters, done) => argon2(algorithm, parameters, done))

export const nodeEngine: Engine = (password, salt, { memoryKib, passes, lanes }, length) =>
  derive('argon2id', { message: password, nonce: salt, memory: memoryKib, passes, parallelism: lanes, tagLength: length })

/** Loaded when a first password is checked: most functions never do. Its default algorithm is Argon2id, version 19. */
export async function nativeEngine(): Promise<Engine> {
  const { hashRaw } = await import('@node-rs/argon2')
  return (password, salt, { memoryKib, passes, lanes }, length) =>
    hashRaw(password, { salt, memoryCost: memoryKib, timeCost: passes, parallelism: lanes, outputLen: length })
}

/** A platform without the binary fails to import it; that is what the second engine is for. */
export async function bestEngine(): Promise<Engine> {
  return nativeEngine().catch(() => nodeEngine)
}
