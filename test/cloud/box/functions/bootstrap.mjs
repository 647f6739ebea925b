/** Runs in a function's own process: imports the bundle as it was built and hands it one event after another, as Lambda's runtime does. */
import { openStreet } from './street.mjs'

const [, , bundle, houses, nameServer] = process.argv
openStreet(JSON.parse(houses), nameServer)

const { handler } = await import(bundle)

if (typeof handler !== 'function') throw new TypeError(`${bundle} exports no handler`)

process.on('message', async ({ event, context }) => {
  const { deadline, ...facts } = context
  try {
    const result = await handler(event, { ...facts, getRemainingTimeInMillis: () => deadline - Date.now() })
    process.send({ result: result ?? null })
  } catch (error) {
    const thrown = error instanceof Error ? error : new Error(String(error))
    process.send({ error: { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? '').split('\n') } })
  }
})
// An AWS function whose process is told nothing any more is frozen, not kept alive by what it left open.
process.on('disconnect', () => process.exit())
process.send({ ready: true })
