/** A file that one appends to; when it is full it becomes `.1`, `.1` becomes `.2`, and the oldest goes. */
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

export type RotatingFile = {
  /** Blocks for the copy to the system, not for the disk. */
  append(text: string): void
  close(): void
}

export function openRotatingFile(path: string, maximumBytes: number, keptFiles: number): RotatingFile {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  let descriptor = openSync(path, 'a', 0o600)
  let bytes = fstatSync(descriptor).size

  function rotate(): void {
    closeSync(descriptor)
    for (let age = keptFiles; age > 0; age -= 1) {
      const younger = age === 1 ? path : `${path}.${age - 1}`
      if (existsSync(younger)) renameSync(younger, `${path}.${age}`)
    }
    descriptor = openSync(path, keptFiles > 0 ? 'a' : 'w', 0o600)
    bytes = 0
  }

  return {
    append(text) {
      const chunk = Buffer.from(text)
      if (bytes > 0 && bytes + chunk.length > maximumBytes) rotate()
      for (let written = 0; written < chunk.length; ) written += writeSync(descriptor, chunk, written)
      bytes += chunk.length
    },
    close: () => closeSync(descriptor),
  }
}
