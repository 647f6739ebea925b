/** The function itself: native where its binary is there, `node:crypto` otherwise. The same bytes, two to three times the time. */
import { argon2 } from 'node:crypto'
import type { Cost } from './phc.ts'

export type Engine = (password: string, salt: Buffer, cost: Cost, length: number) => Promise<Buffer>

export const nodeEngine: Engine = (password, salt, { memoryKib, passes, lanes }, length) =>
  new Promise((resolve, reject) => {
    const parameters = { message: password, nonce: salt, memory: memoryKib, passes, parallelism: lanes, tagLength: length }
    argon2('argon2id', parameters, (error, hash) => (error ? reject(error) : resolve(hash)))
  })

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
