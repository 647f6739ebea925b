/** The first line of a mail. */
import { type Block, paragraph } from './letter.ts'
import { greetableName } from './plain.ts'
import type { Words } from './words.ts'

export function greeting(words: Words, name: string | undefined): Block {
  const shown = greetableName(name)
  return paragraph(shown === undefined ? words.text.greetingNobody : words.say(words.text.greeting, { name: shown }))
}
