/** The demo's people have passwords that everybody knows: their house is never opened to anyone but this machine. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startHouse } from '../house.ts'

test('data that was seeded with the demo is not opened under a public origin afterwards', async () => {
  const data = mkdtempSync(join(tmpdir(), 'gatehouse-demo-'))
  const demo = await startHouse({ data })
  await demo.stop()

  await expect(startHouse({ data, words: ['--origin', 'https://id.example.org'] })).rejects.toThrow('weak passwords')
})

test('under a public origin nobody of the demo exists, nor the inbox', async () => {
  const house = await startHouse({ words: ['--origin', 'https://id.example.org'] })
  try {
    expect(await house.running.local.context.stores.users.findByName('alex')).toBeUndefined()
    const inbox = await house.running.local.fetch(new Request('http://localhost:9443/_dev/inbox'), { ip: '127.0.0.1' })
    expect(inbox.status).toBe(404)
  } finally {
    await house.stop()
  }
})
