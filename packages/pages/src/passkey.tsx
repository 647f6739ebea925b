/** @jsxImportSource hono/jsx */
/** What a form has for passkeys: a button, hidden until the script is there and the browser knows them. The script posts the browser's answer as `passkey`. */
import type { Child } from 'hono/jsx'
import type { Words } from './catalogue.ts'
import { KeyholeIcon } from './icons.tsx'

export type PasskeyAsk = {
  /** For `navigator.credentials`, in JSON. */
  options: string
  /** Where the script gets other options when these have grown old. */
  refreshHref: string
  /** One that nobody here has, in JSON: for whoever keeps it. */
  unknown?: string
}

type PasskeyProps = {
  words: Words
  ask: PasskeyAsk
  ceremony: 'get' | 'create'
  label: string
  hint?: string
  /** The browser may offer passkeys in the field for the name as well. */
  autofill?: boolean
  /** It is what the page is for. */
  primary?: boolean
  /** What is to be decided before the button is pressed. */
  children?: Child
}

export function PasskeyButton({ words, ask, ceremony, label, hint, autofill, primary, children }: PasskeyProps) {
  const { passkey: text } = words.text
  return (
    <div
      class="passkey"
      hidden
      data-passkey={ceremony}
      data-options={ask.options}
      data-refresh={ask.refreshHref}
      data-unknown={ask.unknown}
      data-autofill={autofill ? 'yes' : undefined}
      data-cancelled={text.cancelled}
      data-known={text.known}
      data-failed={text.failed}
    >
      {children}
      <button
        class={primary ? 'button button-primary' : 'button'}
        type="button"
        aria-describedby={hint === undefined ? undefined : 'passkey-hint'}
      >
        <KeyholeIcon />
        {label}
      </button>
      <p class="problem" role="alert" data-said hidden></p>
      {hint === undefined ? null : (
        <p class="hint" id="passkey-hint">
          {hint}
        </p>
      )}
    </div>
  )
}

/** Beside a name and a password, or instead of them. Nothing where passkeys are not offered. */
export function PasskeySignIn({ words, ask, autofill = false }: { words: Words; ask: PasskeyAsk | undefined; autofill?: boolean }) {
  if (ask === undefined) return null
  const { signIn, hint } = words.text.passkey
  return <PasskeyButton words={words} ask={ask} ceremony="get" label={signIn} hint={hint} autofill={autofill} />
}
