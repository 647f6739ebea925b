/** The company's board: bookings from Dispatch, vehicles from Manager. In memory, and in one JSON file where a folder is given. */
import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Allocation } from './allocation.ts'
import type { Booking } from './booking.ts'
import type { Entry } from './entry.ts'

export type Board = Awaited<ReturnType<typeof openBoard>>

const MAXIMUM_ENTRIES = 1000

export async function openBoard(dataDir: string | undefined) {
  const file = dataDir === undefined ? undefined : join(dataDir, 'pickup.json')
  let entries: readonly Entry[] = file === undefined ? [] : await read(file)
  let written = Promise.resolve()

  /** One write after another, so that the file is always one whole state. */
  function keep(next: readonly Entry[]): Promise<void> {
    entries = next.slice(-MAXIMUM_ENTRIES)
    const text = JSON.stringify(entries, null, 2)
    written = written.catch(() => undefined).then(() => (file === undefined ? undefined : write(file, text)))
    return written
  }

  return {
    list: (): readonly Entry[] => entries.toSorted((one, other) => one.pickup_at.localeCompare(other.pickup_at)),
    book: (booking: Booking, by: string): Promise<void> => keep([...entries, { ...booking, id: randomUUID(), booked_by: by }]),
    allocate: ({ booking, vehicle, driver }: Allocation, by: string): Promise<void> =>
      keep(entries.map((entry) => (entry.id === booking ? { ...entry, vehicle, driver, allocated_by: by } : entry))),
  }
}

async function read(file: string): Promise<Entry[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]'
    throw error
  })
  const content: unknown = JSON.parse(text)
  if (!Array.isArray(content) || !content.every(isEntry)) throw new Error(`${file} is not a board of bookings; move it away to start anew.`)
  return content
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false
  const names = ['id', 'passenger', 'phone', 'driver', 'pickup_place', 'pickup_at', 'booked_by']
  return names.every((name) => name in value && typeof Reflect.get(value, name) === 'string')
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true })
  await writeFile(`${file}.new`, text, { mode: 0o600 })
  await rename(`${file}.new`, file)
}
