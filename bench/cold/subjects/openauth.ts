/** OpenAuth, issuing a token by client_credentials from its store in memory; its keys were made before and lie in a file. */
import { issuer } from '@openauthjs/openauth'
import { MemoryStorage } from '@openauthjs/openauth/storage/memory'
import { type Event, type Result, toRequest, toResult } from './event.ts'

/** Takes what comes: a schema library would not be OpenAuth's own cost. */
const anything = {
  '~standard': { version: 1, vendor: 'bench', validate: (value: unknown) => ({ value: value as { id: string } }) },
} as const

const app = issuer({
  storage: MemoryStorage({ persist: process.env.BENCH_OPENAUTH ?? '' }),
  subjects: { application: anything },
  providers: {
    bench: {
      type: 'bench',
      init() {},
      client: async ({ clientID }: { clientID: string }) => ({ id: clientID }),
    },
  },
  success: async (context, value) => context.subject('application', { id: value.id }),
})

export const handler = async (event: Event): Promise<Result> => toResult(await app.fetch(toRequest(event), {}, undefined as never))
