/** What the house and a thread of scripts say to each other. While a thread waits for an answer it reads `answers` and no other message. */

import type { MessagePort } from 'node:worker_threads'
import type { KnownAnswer, ScriptOutcome, ScriptRun, Spent } from '@gatehouse/ports/script_engine.ts'

/** What a thread is given when it begins. */
export type Beginning = {
  /** Address of the module whose `engine` is a `ScriptEngine`. */
  readonly engine: string
  /** Is 1 from when the answer lies in `answers` until the thread has taken it. */
  readonly signal: Int32Array<SharedArrayBuffer>
  readonly answers: MessagePort
}

export type ToRun = Omit<ScriptRun, 'ask' | 'known'> & { readonly known: readonly KnownAnswer[]; readonly spent: Spent }

/** Name and JSON. */
export type Call = readonly [name: string, args: string]

/** Every call of the run that the house has not heard of yet, in order. `asks`: the last of them is to be answered. */
export type FromThread =
  /** It is there, and has loaded its engine. */
  | { readonly kind: 'began' }
  | { readonly kind: 'asks'; readonly calls: readonly Call[] }
  | { readonly kind: 'ended'; readonly calls: readonly Call[]; readonly spent: Spent; readonly outcome: ScriptOutcome }
  | { readonly kind: 'broke'; readonly error: unknown }

/** `broke`: to answer it was not possible, for no fault of the script. */
export type Answer = { readonly answer: string | undefined } | { readonly broke: string }
