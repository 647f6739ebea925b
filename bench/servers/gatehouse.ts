/** The house's process: what `npm start` opens, on a fresh data directory, seeded with the bench's application and people. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseConfiguration } from '@gatehouse/local/configuration/read_file.ts'
import { seed } from '@gatehouse/local/first_start.ts'
import { openLocalHouse } from '@gatehouse/local/open_local_house.ts'
import { serve } from '@gatehouse/local/serve.ts'
import { announce } from './announce.ts'
import {
  CLIENT,
  IMPORTED_EACH,
  IMPORTED_HASHES,
  type ImportedSort,
  importedUserName,
  PASSWORD,
  PEOPLE,
  profile,
  SCOPE,
  userName,
} from './client.ts'
import { freePort } from './free_port.ts'
import { cheapHasher, isHashing } from './hashers.ts'

const data = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'))
// The issuer must be known before anything listens.
const port = await freePort()
const local = await openLocalHouse({
  data,
  origin: `http://127.0.0.1:${port}`,
  loopback: true,
  allowedLoopbackPorts: [],
  portal: join(data, 'portal'),
  ...(isHashing ? {} : { hasher: cheapHasher }),
})
await seed(
  local.context,
  (request) => local.fetch(request, { ip: '127.0.0.1' }),
  parseConfiguration(JSON.stringify(configuration()), 'bench'),
)
await local.idle()
const listening = await serve({ port, host: '127.0.0.1', tls: undefined, trustedProxies: 0, fetch: local.fetch })
announce({ issuer: local.context.issuer }, close)

async function close(): Promise<void> {
  await listening.close()
  await local.close()
  await rm(data, { recursive: true, force: true })
}

function configuration(): object {
  const users = Array.from({ length: PEOPLE }, (_, number) => {
    const { given_name, family_name, email } = profile(userName(number))
    const name = { givenName: given_name, familyName: family_name }
    return { userName: userName(number), password: PASSWORD, active: true, name, emails: [{ value: email, primary: true }] }
  })
  const sorts = isHashing ? (Object.entries(IMPORTED_HASHES) as [ImportedSort, string][]) : []
  const imported = sorts.flatMap(([sort, passwordHash]) =>
    Array.from({ length: IMPORTED_EACH }, (_, number) => ({ userName: importedUserName(sort, number), passwordHash })),
  )
  return { tenants: [{ id: 'main', applications: [{ ...CLIENT, scope: SCOPE }], users: [...users, ...imported] }] }
}
