/** Turns what the floors below say about a field into a problem that the pages have words for. */
import { en } from './locales/en.ts'
import type { NoticeCode, Problem, ProblemCode, Problems } from './page_props.ts'

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(en.problems, code)
}

export function isNoticeCode(code: string): code is NoticeCode {
  return Object.hasOwn(en.notices, code)
}

/** `IamError.fields` -> problems. A code without words here is shown as "This is not valid". */
export function problemsOf(fields: Readonly<Record<string, string>>, values: Readonly<Record<string, string | number>> = {}): Problems {
  const entries = Object.entries(fields).map(([name, code]): [string, Problem] => [
    name,
    { code: isProblemCode(code) ? code : 'invalid', values },
  ])
  return Object.fromEntries(entries)
}
