/** @jsxImportSource hono/jsx */
/** No such page. */
import { wordsOf } from './catalogue.ts'
import { renderFrame } from './frame.tsx'
import { CompassIcon } from './icons.tsx'
import type { PageProps } from './page_props.ts'

export type NotFoundProps = PageProps & { startHref?: string }

export function renderNotFound(props: NotFoundProps): string {
  const words = wordsOf(props.locale)
  const { notFound } = words.text
  return renderFrame({
    page: props,
    words,
    title: notFound.title,
    children: (
      <>
        <div class="emblem emblem-info">
          <CompassIcon large />
        </div>
        <h1>{notFound.title}</h1>
        <p>{notFound.body}</p>
        {props.startHref === undefined ? null : (
          <div class="actions">
            <a class="button button-primary" href={props.startHref}>
              {notFound.home}
            </a>
          </div>
        )}
      </>
    ),
  })
}
