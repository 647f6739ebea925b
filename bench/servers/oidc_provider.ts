/** The rival's process: oidc-provider in memory, with the bench's application and people. */
import { announce } from './announce.ts'
import { CLIENT, PASSWORD, PEOPLE, SCOPE, userName } from './client.ts'
import { cheapHasher, isHashing, openRivalHasher } from './hashers.ts'
import { startRival } from './rival.ts'

const hasher = isHashing ? await openRivalHasher() : cheapHasher
const stored = await hasher.hash(PASSWORD)
const people = new Map(Array.from({ length: PEOPLE }, (_, number) => [userName(number), stored]))
const { issuer, server } = await startRival({
  port: 0,
  hasher,
  people,
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
announce({ issuer }, () => {
  server.closeAllConnections()
  server.close()
})
