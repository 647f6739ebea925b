/**
 * A page drawn once per look, with marks where each request has words of its own, and filled in from then on: what stands between the marks is the same for
 * everybody, and drawing it is most of a page's work.
 */
import { randomBytes } from 'node:crypto'
import type { FormProps, PageProps } from './page_props.ts'

/** Takes a request's own text and gives the mark that stands for it while the page is drawn. */
export type Mark = (text: string) => string

/** The fixed pieces of a page, and between them the numbers of what comes there. */
type Sheet = { readonly pieces: readonly string[]; readonly places: readonly number[] }

const MOST_SHEETS = 500
/** Drawn anew by each process, so that no text of a stranger is taken for a mark. */
const SIGN = `mark${randomBytes(12).toString('hex')}`
const PLACE = new RegExp(`${SIGN}_(\\d+)_`)

/**
 * `unshared` gives the props with marks in the place of everything that only this request has. `draw` must show a marked text as it is: not measure it, cut
 * it, or look into it.
 */
export function openStencil<Props>(
  draw: (props: Props) => string,
  unshared: (props: Props, mark: Mark) => Props,
): (props: Props) => string {
  const sheets = new Map<string, Sheet>()
  return (props) => {
    const texts: string[] = []
    const look = unshared(props, (text) => `${SIGN}_${texts.push(text) - 1}_`)
    const name = JSON.stringify(look)
    const sheet = sheets.get(name) ?? cut(draw(look))
    remember(sheets, name, sheet)
    return fill(sheet, texts)
  }
}

/** What differs between any two requests for a page with a form. */
export function markRequest<Props extends PageProps & FormProps>(props: Props, mark: Mark): Props {
  const { nonce, csrf, interaction, hidden, languages } = props
  return {
    ...props,
    nonce: mark(nonce),
    csrf: mark(csrf),
    ...(interaction === undefined ? {} : { interaction: mark(interaction) }),
    ...(hidden === undefined ? {} : { hidden: Object.fromEntries(Object.entries(hidden).map(([name, value]) => [name, mark(value)])) }),
    ...(languages === undefined ? {} : { languages: languages.map(({ locale, href }) => ({ locale, href: mark(href) })) }),
  }
}

function cut(html: string): Sheet {
  const parts = html.split(PLACE)
  return { pieces: parts.filter((_, index) => index % 2 === 0), places: parts.filter((_, index) => index % 2 === 1).map(Number) }
}

/** The looks of very many tenants make room for one another. */
function remember(sheets: Map<string, Sheet>, name: string, sheet: Sheet): void {
  if (sheets.has(name)) return
  const oldest = sheets.keys().next()
  if (sheets.size >= MOST_SHEETS && !oldest.done) sheets.delete(oldest.value)
  sheets.set(name, sheet)
}

function fill({ pieces, places }: Sheet, texts: readonly string[]): string {
  let html = pieces[0] ?? ''
  for (const [index, place] of places.entries()) html += escapeHtml(texts[place] ?? '') + pieces[index + 1]
  return html
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** As text, and within an attribute's quotation marks. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
