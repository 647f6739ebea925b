/** @jsxImportSource hono/jsx */
/** What a link leads to: the question whether to go on, the code for the other browser, or that the link is worth nothing. Posts `token` and `decision`. */
import { wordsOf } from './catalogue.ts'
import { FIRST_CATALOGUES, type FirstCatalogue } from './first_words.ts'
import { Form } from './form.tsx'
import { renderFrame } from './frame.tsx'
import { AlertIcon, CheckIcon } from './icons.tsx'
import type { FormProps, PageProps } from './page_props.ts'

/** What is told of the request that the link was sent for. */
export type AskedProps = {
  username: string
  /** Absent: My Account. */
  application?: string
  /** Milliseconds since the epoch. */
  askedAt: number
  ip?: string
  /** In the page's language. */
  place?: string
}

export type LinkState =
  /** Opened in the browser that asked, or in another. */
  { kind: 'here' | 'elsewhere'; form: FormProps; asked: AskedProps } | { kind: 'code'; code: string } | { kind: 'gone' | 'denied' }

export type MagicLinkOpenProps = PageProps & { state: LinkState }

export function renderMagicLinkOpen(props: MagicLinkOpenProps): string {
  const words = wordsOf(props.locale)
  const text = FIRST_CATALOGUES[props.locale]
  const { state } = props
  const title = titleOf(text, state)
  return renderFrame({
    page: props,
    words,
    title,
    failed: state.kind === 'gone',
    children:
      state.kind === 'here' || state.kind === 'elsewhere' ? (
        <>
          <h1>{title}</h1>
          <p>{text.open[state.kind]}</p>
          <Asked text={text} locale={props.locale} asked={state.asked} />
          {state.kind === 'here' ? null : <p class="strong">{text.open.warning}</p>}
          <Form form={state.form}>
            <div class="actions">
              <button class="button button-primary" type="submit" name="decision" value="allow">
                {state.kind === 'here' ? text.open.signIn : text.open.showCode}
              </button>
              <button class="button" type="submit" name="decision" value="deny">
                {text.open.deny}
              </button>
            </div>
          </Form>
        </>
      ) : state.kind === 'code' ? (
        <>
          <h1>{title}</h1>
          <p class="shown-code" dir="ltr">
            {state.code}
          </p>
          <p>{text.open.code}</p>
        </>
      ) : (
        <>
          <div class={state.kind === 'gone' ? 'emblem emblem-error' : 'emblem'}>
            {state.kind === 'gone' ? <AlertIcon large /> : <CheckIcon large />}
          </div>
          <h1>{title}</h1>
          <p>{words.say(text.closed[state.kind], { brand: props.brand.displayName })}</p>
        </>
      ),
  })
}

function titleOf({ open, closed }: FirstCatalogue, { kind }: LinkState): string {
  return {
    here: open.hereTitle,
    elsewhere: open.elsewhereTitle,
    code: open.codeTitle,
    gone: closed.goneTitle,
    denied: closed.deniedTitle,
  }[kind]
}

function Asked({ text, locale, asked }: { text: FirstCatalogue; locale: PageProps['locale']; asked: AskedProps }) {
  const { open } = text
  const rows = [
    [open.user, asked.username],
    [open.application, asked.application],
    [open.asked, wordsOf(locale).dateTime(asked.askedAt)],
    [open.place, asked.place],
    [open.network, asked.ip],
  ] as const
  return (
    <dl class="facts">
      {rows.map(([name, value]) =>
        value === undefined ? null : (
          <>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </>
        ),
      )}
    </dl>
  )
}
