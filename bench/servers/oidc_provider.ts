/** The rival's process: oidc-provider with the bench's application and people; in memory, or with `BENCH_STORE=sqlite` on the disk. */
import { announce } from './announce.ts'
import { CLIENT, PASSWORD, PEOPLE, SCOPE, userName } from './client.ts'
import { cheapHasher, isHashing, openRivalHasher } from './hashers.ts'
import { startRival } from './rival.ts'
import { openRivalStore } from './rival_store.ts'

const hasher = isHashing ? await openRivalHasher() : cheapHasher
const stored = await hasher.hash(PASSWORD)
const people = new Map(Array.from({ length: PEOPLE }, (_, number) => [userName(number), stored]))
const store = process.env.BENCH_STORE === 'sqlite' ? await openRivalStore() : undefined
const { issuer, server } = await startRival({
  port: 0,
  hasher,
  people,
  adapter: store?.adapter,
  clients: [
    {
      ...CLIENT,
      redirect_uris: [...CLIENT.redirect_uris],
      grant_types: [...CLIENT.grant_types],
      response_types: [...CLIENT.response_types],
      scope: SCOPE,
    },
  ],
})
announce({ issuer }, async () => {
  server.closeAllConnections()
  server.close()
  await store?.close()
})
