/** What to say when the server refuses: in the person's language, by the problem's code. */
import { ApiProblem } from './api.ts'
import { isKey, useWords, type Words } from './words.tsx'

export function useRefusal(): (error: Error) => string {
  const words = useWords()
  return (error) => refusalText(words, error)
}

export function refusalText(words: Pick<Words, 'text' | 'say'>, error: Error): string {
  const { problems } = words.text
  if (!(error instanceof ApiProblem)) return words.say(problems.failed)
  if (error.code === 'too_many_requests')
    return words.say(problems.too_many_requests, { count: Math.max(1, Math.ceil((error.retryAfterSeconds ?? 60) / 60)) })
  if (isKey(problems, error.code)) return words.say(problems[error.code])
  return words.say(problems.failed)
}

/** Of one field; undefined where nothing is wrong with it. A code without words is not a valid value. */
export function fieldProblem(words: Pick<Words, 'text'>, error: Error | null, field: string): string | undefined {
  const code = error instanceof ApiProblem ? error.fields[field] : undefined
  if (code === undefined) return undefined
  const { problems } = words.text
  return isKey(problems, code) && code !== 'too_many_requests' ? problems[code] : problems.invalid
}
