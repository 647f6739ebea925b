/** A list of entries: a table where there is room for one, a stack of cards on a phone. */
import { html } from 'hono/html'
import type { Html } from './frame.ts'

export type Line = { readonly isPast: boolean; readonly cells: readonly (Html | string)[] }

/** The cell of the column `headed` names its line. The roles are said in words, since some browsers forget them once cells are laid out as cards. */
export function boardTable(title: string, columns: readonly string[], headed: string, lines: readonly Line[]): Html {
  return html`<div class="scroll board" role="region" aria-label="${title}" tabindex="0"><table role="table" aria-label="${title}">
        <thead role="rowgroup"><tr role="row">${columns.map((column) => html`<th role="columnheader" scope="col">${column}</th>`)}</tr></thead>
        <tbody role="rowgroup">${lines.map(
          ({ isPast, cells }) =>
            html`<tr role="row" ${isPast ? html`class="past"` : ''}>${cells.map((cell, index) => tableCell(columns[index] ?? '', headed, cell))}</tr>`,
        )}</tbody></table></div>`
}

function tableCell(column: string, headed: string, cell: Html | string): Html {
  if (column === headed) return html`<th role="rowheader" scope="row" data-column="${column}"><span>${cell}</span></th>`
  return html`<td role="cell" data-column="${column}"><span>${cell}</span></td>`
}
