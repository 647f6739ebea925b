/** @jsxImportSource hono/jsx */
/** One box to tick in a form that is filled in, with what is wrong with it. */
import type { Child } from 'hono/jsx'
import type { Words } from './catalogue.ts'
import { fieldId, ProblemText } from './form.tsx'
import type { Problem } from './page_props.ts'

/** `value`: what the form says of `name` when it is ticked. */
export type TickFieldProps = {
  words: Words
  name: string
  value: string
  checked: boolean
  required: boolean
  problem: Problem | undefined
  autofocus?: boolean
  children: Child
}

export function TickField({ words, name, value, checked, required, problem, autofocus = false, children }: TickFieldProps) {
  const id = fieldId(name)
  return (
    <div class="field">
      <div class="tick">
        <input
          type="checkbox"
          id={id}
          name={name}
          value={value}
          checked={checked}
          required={required}
          autofocus={autofocus}
          aria-invalid={problem ? 'true' : undefined}
          aria-describedby={problem ? `${id}-problem` : undefined}
        />
        <label for={id}>{children}</label>
      </div>
      <ProblemText words={words} id={`${id}-problem`} problem={problem} />
    </div>
  )
}
