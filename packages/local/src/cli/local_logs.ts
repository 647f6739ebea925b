/** The log files of a house of this machine, oldest line first; with `follow` also what is written from then on. */
import { type FileHandle, open, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StringDecoder } from 'node:string_decoder'
import { setTimeout as pause } from 'node:timers/promises'
import { BadCommand } from './bad_command.ts'

const NAME = 'house.jsonl'
const LOOK_MILLISECONDS = 250

export async function readLocalLogs(data: string, follow: boolean, tell: (line: string) => void, signal: AbortSignal): Promise<void> {
  const folder = join(data, 'log')
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT'
      ? new BadCommand(`${data} holds no log: name the house's directory with --data, or a stage with --stage`)
      : error
  })
  const older = names.filter((name) => /^house\.jsonl\.\d+$/.test(name)).sort((a, b) => ageOf(b) - ageOf(a))
  for (const name of older) for (const line of (await readFile(join(folder, name), 'utf8')).split('\n')) if (line !== '') tell(line)
  await readCurrent(join(folder, NAME), follow, tell, signal)
}

/** The file is renamed when it is full: what is left in it is read to its end before the new one is opened. */
async function readCurrent(file: string, follow: boolean, tell: (line: string) => void, signal: AbortSignal): Promise<void> {
  let handle = await open(file, 'r')
  let rest = ''
  try {
    for (;;) {
      const text = rest + (await readOn(handle))
      const lines = text.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line !== '') tell(line)
      if (!follow || signal.aborted) return
      await pause(LOOK_MILLISECONDS, undefined, { signal }).catch(() => {})
      const now = await open(file, 'r').catch(() => undefined)
      if (now && (await now.stat()).ino !== (await handle.stat()).ino) {
        for (const line of (rest + (await readOn(handle))).split('\n')) if (line !== '') tell(line)
        rest = ''
        await handle.close()
        handle = now
      } else await now?.close()
    }
  } finally {
    await handle.close()
  }
}

/** From where the last reading ended. */
async function readOn(handle: FileHandle): Promise<string> {
  const decoder = new StringDecoder('utf8')
  let text = ''
  for (;;) {
    const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(65_536) })
    if (bytesRead === 0) return text + decoder.end()
    text += decoder.write(buffer.subarray(0, bytesRead))
  }
}

function ageOf(name: string): number {
  return Number(name.slice(NAME.length + 1))
}
