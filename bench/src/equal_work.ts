/** Equal answers mean equal work: does the time of a refused sign-in tell whether the person exists? A distribution, not a timed test. */
import { IMPORTED_EACH, IMPORTED_HASHES, type ImportedSort, importedUserName, PEOPLE, userName } from '../servers/client.ts'
import { parseForm } from './browser.ts'
import { encode, openLoginPage } from './sign_in.ts'
import { median, quantile, type RankTest, rankTest } from './statistics.ts'
import type { Subject } from './subject.ts'

/** Who is refused: somebody, somebody whose password came from another system, nobody. */
export type Refused = 'known' | ImportedSort | 'unknown'
export type EqualWork = {
  readonly times: Readonly<Record<Refused, Times>>
  /** Each kind of person beside nobody. */
  readonly tests: readonly { readonly who: Exclude<Refused, 'unknown'>; readonly test: RankTest }[]
}
export type Times = { readonly count: number; readonly median: number; readonly lower: number; readonly upper: number }

const IMPORTED = Object.keys(IMPORTED_HASHES) as ImportedSort[]

/** In mixed order, one after another: nothing else runs on the server. Imported people are few, and the delay of a name comes after five tries. */
export async function measureEqualWork(subject: Subject, count: number): Promise<EqualWork> {
  const tries = Math.min(count, PEOPLE, IMPORTED_EACH * 4)
  const taken: Record<Refused, number[]> = { known: [], ssha: [], bcrypt: [], unknown: [] }
  for (let number = 0; number < tries; number += 1) {
    const names: [Refused, string][] = [
      ['known', userName(number)],
      ...IMPORTED.map((sort): [Refused, string] => [sort, importedUserName(sort, number % IMPORTED_EACH)]),
      ['unknown', `nobody-${number}`],
    ]
    for (const [who, name] of shuffled(names)) taken[who].push(await refusedSignIn(subject, name))
  }
  const times = Object.fromEntries(Object.entries(taken).map(([who, values]) => [who, describe(values)])) as Record<Refused, Times>
  const beside = (['known', ...IMPORTED] as const).map((who) => ({ who, test: rankTest(taken[who], taken.unknown) }))
  return { times, tests: beside }
}

function shuffled<T>(all: readonly T[]): T[] {
  return all
    .map((one) => ({ one, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one)
}

/** Milliseconds from the posted form to the refusal; the page before it is not counted. */
async function refusedSignIn(subject: Subject, username: string): Promise<number> {
  const { browser, page } = await openLoginPage(subject.metadata)
  const form = parseForm(page)
  const sentAt = performance.now()
  const answer = await browser.once(form.action, encode(form.fields, { username, password: 'not-the-password-9' }))
  const took = performance.now() - sentAt
  if (answer.status === 429) throw new Error(`refused for too many tries, not for the password: ${answer.body.slice(0, 300)}`)
  if (answer.headers.location !== undefined || !answer.body.includes('name="password"'))
    throw new Error(`expected the sign-in page again, got ${answer.status}`)
  return took
}

function describe(values: readonly number[]): Times {
  return { count: values.length, median: median(values), lower: quantile(values, 0.1), upper: quantile(values, 0.9) }
}
