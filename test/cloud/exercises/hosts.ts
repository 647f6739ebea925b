/** A tenant brings a host of its own: proved in DNS, served with a certificate of its own, and given up again. */
import { request } from 'node:https'
import { must, type Scene } from './scene.ts'

type Shown = {
  readonly state: string
  readonly records: readonly { readonly type: string; readonly name: string; readonly value: string }[]
}

/** Made, then the certificate put on it, then known to the edge. */
const MOST_LOOKS = 5

export async function bringsAHost(scene: Scene): Promise<void> {
  const { administer, box, newName } = scene
  const host = `login.${newName()}.example`
  const { records } = (await administer('POST', '/domains', { host })) as Shown
  must((await issuerAt(scene, host)) === undefined, 'the host is served before it is proved')
  for (const { type, name, value } of records) box.names.records.set(`${type} ${name}`, [value])
  let state = ''
  for (let looks = 0; looks < MOST_LOOKS && state !== 'active'; looks++)
    state = ((await administer('POST', `/domains/${host}/verification`)) as Shown).state
  must(state === 'active', `the host is ${state}`)
  const issuer = await issuerAt(scene, host)
  must(issuer === `https://${host}`, `the host answers as ${issuer}`)
  await administer('DELETE', `/domains/${host}`)
  must((await issuerAt(scene, host)) === undefined, 'the host is still served')
}

/** What a client finds there; undefined where the house has nothing at that host. */
async function issuerAt({ box }: Scene, host: string): Promise<unknown> {
  const { hostname, port } = new URL(box.origin)
  const options = { host: '127.0.0.1', port, servername: hostname, headers: { host }, path: '/.well-known/openid-configuration' }
  const text = await new Promise<string>((resolve, reject) => {
    const asked = request(options, async (response) => {
      let body = ''
      for await (const chunk of response) body += chunk
      resolve(response.statusCode === 200 ? body : '{}')
    })
    asked.on('error', reject).end()
  })
  return (JSON.parse(text) as { issuer?: unknown }).issuer
}
