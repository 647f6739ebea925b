/** A signed-in person's first page: who they are here, what is due, and what was shared about them. */
import { html } from 'hono/html'
import type { Board } from '../board.ts'
import type { Desk } from '../desk.ts'
import type { Claims } from '../sessions.ts'
import { callName, type Html } from './frame.ts'
import { sharedAttributes } from './shared_attributes.ts'

export function overview(desk: Desk, board: Board, claims: Claims, now: number): Html {
  const name = callName(claims)
  return html`<h1>${name === undefined ? 'Welcome' : `Welcome, ${name}`}</h1>
      <dl class="figures">${desk.summary(board, now).map(({ label, value }) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
      ${sharedAttributes(claims)}`
}
