/** Equal answers mean equal work: does the time of a refused sign-in tell whether the person exists? A distribution, not a timed test. */
import { PEOPLE, userName } from '../servers/client.ts'
import { parseForm } from './browser.ts'
import { encode, openLoginPage } from './sign_in.ts'
import { median, quantile, type RankTest, rankTest } from './statistics.ts'
import type { Subject } from './subject.ts'

export type EqualWork = {
  readonly known: Times
  readonly unknown: Times
  readonly test: RankTest
}
export type Times = { readonly count: number; readonly median: number; readonly lower: number; readonly upper: number }

/** One try per person, in mixed order, one after another: nothing else runs on the server. */
export async function measureEqualWork(subject: Subject, count: number): Promise<EqualWork> {
  const tries = Math.min(count, PEOPLE)
  const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] }
  for (let number = 0; number < tries; number += 1) {
    const pair: ['known' | 'unknown', string][] = [
      ['known', userName(number)],
      ['unknown', `nobody-${number}`],
    ]
    for (const [kind, name] of Math.random() < 0.5 ? pair : pair.toReversed()) times[kind].push(await refusedSignIn(subject, name))
  }
  return { known: describe(times.known), unknown: describe(times.unknown), test: rankTest(times.known, times.unknown) }
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
