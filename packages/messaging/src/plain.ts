/** Makes text from strangers fit for a subject, a header or a sentence. */

const LONGEST_NAME = 80
const LONGEST_SUBJECT = 180

/** Control characters could begin a new header; direction overrides could make a text read as another. */
const TREACHEROUS = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff]+/gu

export function oneLine(text: string): string {
  return text.replaceAll(TREACHEROUS, ' ').replaceAll(/\s+/g, ' ').trim()
}

/** The isolates that a right-to-left sentence puts around its values are ours and stay. */
export function subjectLine(text: string): string {
  return cut(text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim(), LONGEST_SUBJECT)
}

/**
 * A person's name as one may greet with; undefined where it is none. Whoever registers with somebody else's address chooses the name in that mail, so what a mail program
 * would make a link of is no name: no advertisement travels in our greeting.
 */
export function greetableName(name: string | undefined): string | undefined {
  const line = oneLine(name ?? '')
  if (line === '' || /[/:@\\<>]|[\p{L}\p{N}]\.[\p{L}\p{N}]/u.test(line)) return undefined
  return cut(line, LONGEST_NAME)
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
}

function cut(text: string, longest: number): string {
  const letters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment)
  return letters.length <= longest ? text : `${letters.slice(0, longest - 1).join('')}…`
}
