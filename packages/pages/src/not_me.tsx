/** @jsxImportSource hono/jsx */
/** "This was not me": what the button does is said before it is pressed, and afterwards what comes next. */
import { Form } from './form.tsx'
import { renderFrame } from './frame.tsx'
import { AlertIcon, CheckIcon } from './icons.tsx'
import type { FormProps, PageProps } from './page_props.ts'
import { safetyWordsOf } from './safety_words.ts'

export type NotMeState = 'confirm' | 'done' | 'expired'

export type NotMeProps = PageProps & {
  state: NotMeState
  about: 'sign_in' | 'address_change'
  recoverHref: string
  form?: FormProps
}

export function renderNotMe(props: NotMeProps): string {
  const { words, text } = safetyWordsOf(props.locale)
  const { notMe } = text
  const { state, about, form } = props
  const title = notMe[`${state}Title`]
  const done = state === 'done'
  return renderFrame({
    page: props,
    words,
    title,
    children: (
      <>
        <div class={done ? 'emblem emblem-success' : 'emblem emblem-error'}>{done ? <CheckIcon large /> : <AlertIcon large />}</div>
        <h1>{title}</h1>
        {state === 'expired' ? <p>{notMe.expired}</p> : <p>{notMe[state][about]}</p>}
        {state === 'confirm' ? (
          <ul class="rules">
            {[
              ...(about === 'address_change' ? [notMe.effects.address] : []),
              notMe.effects.sessions,
              notMe.effects.password,
              notMe.effects.factors,
            ].map((effect) => (
              <li>{effect}</li>
            ))}
          </ul>
        ) : null}
        {form === undefined ? null : (
          <Form form={form}>
            <button class="button button-primary" type="submit">
              {notMe.submit}
            </button>
          </Form>
        )}
        {state === 'confirm' ? <p class="quiet small">{notMe.confirmNot}</p> : null}
        {state === 'confirm' ? null : (
          <div class="actions">
            <a class="button button-primary" href={props.recoverHref}>
              {notMe.recover}
            </a>
          </div>
        )}
      </>
    ),
  })
}
