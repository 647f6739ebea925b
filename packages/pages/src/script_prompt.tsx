/** @jsxImportSource hono/jsx */
/** What an adaptive script shows: a form of its own fields, a short wait, or that it went wrong. All that comes from the script is text. */

import { wordsOf } from './catalogue.ts'
import { Field, Form } from './form.tsx'
import { renderFrame } from './frame.tsx'
import { AlertIcon } from './icons.tsx'
import type { FormProps, PageProps } from './page_props.ts'
import { PROMPT_CATALOGUES } from './prompt_words.ts'
import { TickField } from './tick_field.tsx'

const TICKED = 'yes'

type Input = {
  readonly id: string
  readonly label: string
  readonly type?: 'text' | 'email' | 'tel' | 'checkbox'
  readonly optional?: boolean
}

export type ScriptFormProps = PageProps &
  FormProps & {
    title: string | undefined
    text: string | undefined
    inputs: readonly Input[]
    parameters?: Readonly<Record<string, string>>
    missing?: readonly string[]
    /** Too many sessions, of which some are to be ended. */
    of?: 'sessions'
  }

export function renderScriptForm(props: ScriptFormProps): string {
  const words = wordsOf(props.locale)
  const text = PROMPT_CATALOGUES[props.locale]
  const title = props.title || (props.of === 'sessions' ? text.sessionsTitle : text.title)
  const body = props.text ?? (props.of === 'sessions' ? text.sessions : undefined)
  return renderFrame({
    page: props,
    words,
    title,
    failed: (props.missing?.length ?? 0) > 0,
    children: (
      <>
        <h1 dir="auto">{title}</h1>
        {body ? <p dir="auto">{body}</p> : null}
        <Form form={props}>
          {props.inputs.map(({ id, label, type, optional }, index) =>
            type === 'checkbox' ? (
              <TickField
                words={words}
                name={id}
                value={TICKED}
                checked={props.parameters?.[id] === TICKED}
                required={optional !== true}
                problem={props.missing?.includes(id) ? 'required' : undefined}
              >
                <bdi>{label}</bdi>
              </TickField>
            ) : (
              <Field
                words={words}
                name={id}
                label={label}
                type={type ?? 'text'}
                autocomplete="off"
                value={props.parameters?.[id]}
                {...(optional ? { optional: true } : {})}
                problem={props.missing?.includes(id) ? 'required' : undefined}
                autofocus={index === 0}
              />
            ),
          )}
          <button class="button button-primary" type="submit">
            {text.go}
          </button>
        </Form>
      </>
    ),
  })
}

/** Goes on by itself; the button is for those who do not wait, and for browsers that do not. */
export type ScriptWaitProps = PageProps &
  FormProps & { seconds: number; onwardHref: string; title?: string; text?: string; poll?: { href: string; everySeconds: number } }

export function renderScriptWait(props: ScriptWaitProps): string {
  const words = wordsOf(props.locale)
  const text = PROMPT_CATALOGUES[props.locale]
  const title = props.title ?? text.waitTitle
  const polling = props.poll ? { 'data-poll': props.poll.href, 'data-every': props.poll.everySeconds } : {}
  return renderFrame({
    page: props,
    words,
    title,
    script: 'wait.js',
    children: (
      <>
        <h1 dir="auto">{title}</h1>
        <p role="status" dir="auto" data-onward={props.onwardHref} data-seconds={props.seconds} {...polling}>
          {props.text ?? text.wait}
        </p>
        <Form form={props}>
          <button class="button" type="submit">
            {text.go}
          </button>
        </Form>
      </>
    ),
  })
}

export type ScriptErrorProps = PageProps & {
  message?: string
  /** To the application, which is told that nobody signed in. */
  back?: FormProps & { application: string }
}

export function renderScriptError(props: ScriptErrorProps): string {
  const words = wordsOf(props.locale)
  const text = PROMPT_CATALOGUES[props.locale]
  return renderFrame({
    page: props,
    words,
    title: text.errorTitle,
    children: (
      <>
        <div class="emblem emblem-error">
          <AlertIcon large />
        </div>
        <h1>{text.errorTitle}</h1>
        <p dir="auto">{props.message ?? text.error}</p>
        {props.back === undefined ? null : (
          <Form form={props.back}>
            <button class="button" type="submit">
              <span>{words.mix(words.text.error.back, { application: <bdi>{props.back.application}</bdi> })}</span>
            </button>
          </Form>
        )}
      </>
    ),
  })
}
