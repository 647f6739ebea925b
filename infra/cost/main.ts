/** Measures where it is asked to, and writes the tables of docs/cost.md between their marks. */
import { readFile, writeFile } from 'node:fs/promises'
import { measure } from './measure.ts'
import { renderTables, withTables } from './render.ts'
import type { ActCost, Measured } from './workload.ts'

export async function run(words: readonly string[], root: URL): Promise<void> {
  const kept = new URL('infra/cost/measured.json', root)
  let measured = JSON.parse(await readFile(kept, 'utf8')) as Measured
  if (words.includes('--measure')) measured = withBundles(await measure(), bundlesOf(measured))
  if (words.includes('--measure-bundles')) {
    const { measureBundles } = await import('./measure_bundles.ts')
    measured = withBundles(measured, await measureBundles(new URL('.build/lambda/', root), process.env.GATEHOUSE_DYNAMODB_LOCAL ?? ''))
  }
  await writeFile(kept, `${JSON.stringify(measured, undefined, 2)}\n`)
  const document = new URL('docs/cost.md', root)
  const tables = renderTables(measured)
  await writeFile(document, withTables(await readFile(document, 'utf8'), tables))
  console.log(tables['a-month'])
}

type Times = { readonly function: string; readonly cpuMilliseconds: number | undefined }
type Bundles = Readonly<Record<'signIn' | 'refresh', readonly Times[]>>

function bundlesOf({ signIn, refresh }: Measured): Bundles {
  const of = ({ requests }: ActCost): Times[] =>
    requests.map((request) => ({ function: request.function, cpuMilliseconds: request.bundleMilliseconds }))
  return { signIn: of(signIn), refresh: of(refresh) }
}

/** Request by request; a time of another function would be one of another request. */
function withBundles(measured: Measured, bundles: Bundles): Measured {
  const join = (act: ActCost, times: readonly Times[]): ActCost => ({
    ...act,
    requests: act.requests.map((request, index) => {
      const time = times[index]
      if (time && time.function !== request.function)
        throw new Error(`request ${index + 1} is one of ${request.function}, not ${time.function}`)
      return { ...request, ...(time?.cpuMilliseconds === undefined ? {} : { bundleMilliseconds: time.cpuMilliseconds }) }
    }),
  })
  return { ...measured, signIn: join(measured.signIn, bundles.signIn), refresh: join(measured.refresh, bundles.refresh) }
}
