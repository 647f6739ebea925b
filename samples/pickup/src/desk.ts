/** What differs between the company's applications: words, scopes, and the list that people add to. */
import type { Board } from './board.ts'
import type { Values, Wrong } from './fields.ts'
import type { Filled } from './pages/form.ts'
import type { Html } from './pages/frame.ts'

export type Added = { readonly kind: 'added' } | { readonly kind: 'wrong'; readonly values: Values; readonly wrong: Wrong }

export type Desk = {
  readonly slogan: string
  readonly purpose: string
  readonly points: readonly { readonly title: string; readonly text: string }[]
  readonly scope: string
  /** The tab beside Overview; `path` is under the application's own. */
  readonly tab: { readonly path: string; readonly title: string }
  /** Sentence said after an entry was added. */
  readonly added: string
  readonly summary: (board: Board, now: number) => readonly { readonly label: string; readonly value: string }[]
  /** `action` is where the form is sent. */
  readonly list: (board: Board, now: number, filled: Filled, action: string, csrf: string) => Html
  readonly add: (board: Board, sent: Readonly<Record<string, unknown>>, by: string, now: number) => Promise<Added>
}
