/** The key's file: made once, whole or not at all, and refused where it is not private. */
import { randomBytes } from 'node:crypto'
import { closeSync, fstatSync, fsyncSync, linkSync, mkdirSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

export class KeyfileRefused extends Error {
  override readonly name = 'KeyfileRefused'
}

const KEY_BYTES = 32

export function loadKey(file: string): Buffer {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  return readKey(file) ?? makeKey(file)
}

/** Undefined: no such file. The mode is asked of the opened file, so that nothing can be put in its place between. */
function readKey(file: string): Buffer | undefined {
  const descriptor = openIfThere(file)
  if (descriptor === undefined) return undefined
  try {
    const { mode, size } = fstatSync(descriptor)
    if ((mode & 0o077) !== 0) {
      throw new KeyfileRefused(
        `The key file ${file} can be read by others (mode ${(mode & 0o777).toString(8)}). Make it private: chmod 600 ${file}`,
      )
    }
    if (size !== KEY_BYTES) {
      throw new KeyfileRefused(
        `The key file ${file} has ${size} bytes, not ${KEY_BYTES}. Restore it: what was sealed with the lost key cannot be read.`,
      )
    }
    const key = Buffer.alloc(KEY_BYTES)
    readSync(descriptor, key, 0, KEY_BYTES, 0)
    return key
  } finally {
    closeSync(descriptor)
  }
}

/** Written beside and linked into place: a crash leaves no half key, and of two processes one makes it. */
function makeKey(file: string): Buffer {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  const descriptor = openSync(draft, 'wx', 0o600)
  try {
    writeSync(descriptor, randomBytes(KEY_BYTES))
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  } finally {
    rmSync(draft)
  }
  syncDirectory(dirname(file))
  const key = readKey(file)
  if (key === undefined) throw new KeyfileRefused(`The key file ${file} vanished while it was made.`)
  return key
}

function syncDirectory(directory: string): void {
  const descriptor = openSync(directory, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
}

function openIfThere(file: string): number | undefined {
  try {
    return openSync(file, 'r')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
