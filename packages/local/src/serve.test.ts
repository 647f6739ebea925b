import { expect, test } from 'vitest'
import { peerAddress, serve } from './serve.ts'

test('the peer is who is connected; a header of a stranger is not believed', () => {
  expect(peerAddress('::ffff:192.0.2.1', '203.0.113.9', 0)).toBe('192.0.2.1')
})

test('behind two proxies of ours the second address from the right counts, whatever stands further left', () => {
  expect(peerAddress('10.0.0.1', '6.6.6.6, 203.0.113.9, 10.0.0.2', 2)).toBe('203.0.113.9')
  expect(peerAddress('10.0.0.1', undefined, 2)).toBe('10.0.0.1')
})

test('whoever asks is answered; a port that is taken is an error', async () => {
  const options = { port: 0, host: 'localhost', tls: undefined, trustedProxies: 0, fetch: async () => new Response('here') }
  const listening = await serve(options)
  try {
    const address = `http://localhost:${listening.port}`

    expect(await (await fetch(address)).text()).toBe('here')
    await expect(serve({ ...options, port: listening.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  } finally {
    await listening.close()
  }
})
