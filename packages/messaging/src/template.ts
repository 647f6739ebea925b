/** A template is a function from words and props to a letter or a text; this makes of it what is sent. */
import type { Locale } from '@gatehouse/core/locale.ts'
import type { Letter, MessageBrand } from './letter.ts'
import { renderHtml, renderText } from './mail_frame.ts'
import { subjectLine } from './plain.ts'
import { type Words, wordsOf } from './words.ts'

export type RenderedMessage =
  | { readonly channel: 'mail'; readonly subject: string; readonly html: string; readonly text: string }
  | { readonly channel: 'text'; readonly text: string }

export type Template<Props> = {
  readonly channel: RenderedMessage['channel']
  render(locale: Locale, brand: MessageBrand, props: Props): RenderedMessage
}

export function mailTemplate<Props>(write: (words: Words, brand: MessageBrand, props: Props) => Letter): Template<Props> {
  return {
    channel: 'mail',
    render: (locale, brand, props) => {
      const words = wordsOf(locale)
      const letter = write(words, brand, props)
      return {
        channel: 'mail',
        subject: subjectLine(letter.subject),
        html: renderHtml(words, brand, letter),
        text: renderText(words, brand, letter),
      }
    },
  }
}

export function textTemplate<Props>(write: (words: Words, brand: MessageBrand, props: Props) => string): Template<Props> {
  return { channel: 'text', render: (locale, brand, props) => ({ channel: 'text', text: write(wordsOf(locale), brand, props) }) }
}
