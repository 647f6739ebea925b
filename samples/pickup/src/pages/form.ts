/** Fields with their label, hint and what is wrong with them, as a screen reader needs it. */
import { html } from 'hono/html'
import type { Values, Wrong } from '../fields.ts'
import type { Html } from './frame.ts'

/** What the person typed, and what was wrong with it; both empty on a fresh form. */
export type Filled = { readonly values: Values; readonly wrong: Wrong }
export const BLANK: Filled = { values: {}, wrong: {} }

export type Field = {
  readonly name: string
  readonly label: string
  readonly type: string
  readonly autocomplete?: string
  readonly hint?: string
  readonly optional?: boolean
}
export type Choice = { readonly value: string; readonly label: string }

export function form(action: string, csrf: string, filled: Filled, fields: readonly Html[], submit: string): Html {
  const wrong = Object.keys(filled.wrong).length
  return html`<form class="fields" method="post" action="${action}" novalidate>
      ${wrong === 0 ? '' : html`<p class="notice wrong" role="alert">${wrong === 1 ? 'One field needs another look.' : `${wrong} fields need another look.`}</p>`}
      <input type="hidden" name="csrf" value="${csrf}">
      ${fields}
      <p class="wide"><button class="button" type="submit">${submit}</button></p>
    </form>`
}

export function input(field: Field, filled: Filled): Html {
  return labelled(
    field,
    filled,
    html`<input id="${field.name}" name="${field.name}" type="${field.type}" value="${filled.values[field.name] ?? ''}" autocomplete="${field.autocomplete ?? 'off'}" ${described(field, filled)}>`,
  )
}

export function select(field: Field, choices: readonly Choice[], filled: Filled): Html {
  const chosen = filled.values[field.name]
  return labelled(
    field,
    filled,
    html`<select id="${field.name}" name="${field.name}" ${described(field, filled)}>
        <option value="">Choose one</option>
        ${choices.map((choice) => html`<option value="${choice.value}" ${choice.value === chosen ? 'selected' : ''}>${choice.label}</option>`)}
      </select>`,
  )
}

function labelled(field: Field, filled: Filled, control: Html): Html {
  const wrong = filled.wrong[field.name]
  return html`<p class="field">
        <label for="${field.name}">${field.label}${field.optional ? html` <span class="hint">(optional)</span>` : ''}</label>
        ${control}
        ${field.hint === undefined ? '' : html`<span class="hint" id="${field.name}-hint">${field.hint}</span>`}
        ${wrong === undefined ? '' : html`<span class="wrong" id="${field.name}-wrong">${wrong}</span>`}
      </p>`
}

function described(field: Field, filled: Filled): Html {
  const isWrong = filled.wrong[field.name] !== undefined
  const by = [field.hint === undefined ? '' : `${field.name}-hint`, isWrong ? `${field.name}-wrong` : ''].join(' ').trim()
  return html`${field.optional ? '' : 'required'} ${isWrong ? html`aria-invalid="true"` : ''} ${by === '' ? '' : html`aria-describedby="${by}"`}`
}
