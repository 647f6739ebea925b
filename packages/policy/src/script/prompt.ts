/** Forms and waits that a script shows in the midst of a sign-in, as plain values: what is shown is text, never markup. */
import type { PromptInput, PromptTemplate, Scripting } from '@gatehouse/core/scripting.ts'
import { type Arguments, ScriptMistake } from './arguments.ts'

export type Prompt =
  | {
      readonly kind: 'form'
      readonly title: string | undefined
      readonly text: string | undefined
      readonly inputs: readonly PromptInput[]
      /** Ours, with words of our own: too many sessions, of which some are to be ended. */
      readonly of?: 'sessions'
    }
  | { readonly kind: 'wait'; readonly seconds: number; readonly title?: string; readonly text?: string; readonly poll?: Poll }
  | { readonly kind: 'redirect'; readonly url: string }

/** Whom to ask, now and then, whether it is there. */
export type Poll = {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly contentType: string
  readonly body?: string
  readonly everySeconds: number
}

const MOST_INPUTS = 20
const WAIT_SECONDS = 10
const LONGEST_WAIT_SECONDS = 20
const POLL_SECONDS = 2
const FORM = 'application/x-www-form-urlencoded'
const INPUT_ID = /^[A-Za-z][\w.-]{0,49}$/
/** Ours, in every form. */
const TAKEN: ReadonlySet<string> = new Set(['csrf', 'interaction', 'ordinal', 'password', 'otp'])

export function promptOf(args: Arguments, scripting: Scripting): Prompt {
  const template = args.text('template')
  const data = args.inner('data')
  if (template === 'internalWait') return waitOf(data, scripting)
  if (template === 'externalRedirect')
    return {
      kind: 'redirect',
      url: checkedUrl(data.maybeText('redirectURL') ?? data.maybeText('redirectUrl') ?? data.text('url'), scripting),
    }
  if (template === 'activeSessions')
    return { kind: 'form', title: undefined, text: undefined, inputs: data.list('inputs').map(inputOf), of: 'sessions' }
  const stored = Object.hasOwn(scripting.prompts ?? {}, template) ? scripting.prompts?.[template] : undefined
  if (stored === undefined && template !== 'genericForm') throw new ScriptMistake(`prompt: there is no form named ${template}`)
  return form(stored, data)
}

/** In WSO2's words: what is said may stand in `waitingConfigs`, and numbers may be texts. */
function waitOf(data: Arguments, scripting: Scripting): Prompt {
  const given = data.has('waitingConfigs') ? data.inner('waitingConfigs') : data
  const seconds = secondsOf(given.maybeText('timeout') ?? data.maybeText('waitingDuration'), WAIT_SECONDS)
  const [title, text] = [given.maybeText('greeting')?.slice(0, 200), given.maybeText('message')?.slice(0, 2_000)]
  return {
    kind: 'wait',
    seconds: Math.min(seconds, LONGEST_WAIT_SECONDS),
    ...(title ? { title } : {}),
    ...(text ? { text } : {}),
    ...(data.maybeText('waitingType')?.toUpperCase() === 'POLLING' ? { poll: pollOf(given, scripting) } : {}),
  }
}

function pollOf(given: Arguments, scripting: Scripting): Poll {
  const url = new URL(checkedUrl(given.text('pollingEndpoint'), scripting))
  const method = given.maybeText('requestMethod')?.toUpperCase() === 'POST' ? 'POST' : 'GET'
  const contentType = given.maybeText('contentType') ?? FORM
  const data = given.value('requestData')
  const said = typeof data === 'string' ? data : undefined
  const fields = said === undefined ? given.map('requestData') : {}
  const query = said ?? new URLSearchParams(fields).toString()
  const everySeconds = Math.min(secondsOf(given.maybeText('pollingInterval'), POLL_SECONDS), LONGEST_WAIT_SECONDS)
  if (method === 'POST') {
    const body = said ?? (contentType.startsWith(FORM) ? query : JSON.stringify(fields))
    return { url: url.href, method, contentType, body: body.slice(0, 4_000), everySeconds }
  }
  for (const [name, value] of new URLSearchParams(query)) url.searchParams.append(name, value)
  return { url: url.href.slice(0, 4_000), method, contentType, everySeconds }
}

function secondsOf(text: string | undefined, otherwise: number): number {
  const seconds = Math.round(Number(text ?? otherwise))
  return Number.isFinite(seconds) ? Math.max(1, seconds) : otherwise
}

function form(stored: PromptTemplate | undefined, data: Arguments): Prompt {
  const fill = (text: string) => text.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (_, name: string) => data.maybeText(name) ?? '')
  const given = data.has('inputs') ? data.list('inputs').map(inputOf) : []
  const inputs = [...(stored?.inputs ?? []).map((input) => ({ ...input, label: fill(input.label) })), ...given]
  if (inputs.length > MOST_INPUTS) throw new ScriptMistake(`prompt: a form has at most ${MOST_INPUTS} fields`)
  const title = stored === undefined ? data.maybeText('title') : fill(stored.title)
  const text = stored?.text === undefined ? data.maybeText('text') : fill(stored.text)
  return { kind: 'form', title: title?.slice(0, 200), text: text?.slice(0, 2_000), inputs }
}

function inputOf(given: Arguments): PromptInput {
  const id = given.text('id')
  if (!INPUT_ID.test(id) || TAKEN.has(id)) throw new ScriptMistake(`prompt: ${id.slice(0, 60)} is no name for a field`)
  const type = given.maybeText('type')
  return {
    id,
    label: (given.maybeText('label') ?? id).slice(0, 200),
    ...(type === 'email' || type === 'tel' || type === 'checkbox' ? { type } : {}),
    ...(given.maybeText('optional') === 'true' || given.maybeText('required') === 'false' ? { optional: true } : {}),
  }
}

/** Only where the tenant allows it: what a request carries must not choose where people are sent. */
export function checkedUrl(text: string, { allowedHosts = [] }: Scripting): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const allowed = url !== undefined && (url.protocol === 'https:' || url.protocol === 'http:') && allowedHosts.includes(url.host)
  if (!allowed || url.username !== '' || url.password !== '') throw new ScriptMistake(`${url?.host ?? 'this'} is none of the allowed hosts`)
  return url.href
}
