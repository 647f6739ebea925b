/** A mail that an adaptive script of the tenant asked for, in the tenant's own words: plain text, paragraph by paragraph. Its one link is the house's. */
import { greeting } from '../greeting.ts'
import { action, paragraph } from '../letter.ts'
import { mailTemplate } from '../template.ts'

export type ScriptMailProps = { name?: string; subject: string; paragraphs: readonly string[]; accountUrl: string }

export const scriptMail = mailTemplate<ScriptMailProps>((words, _, { name, subject, paragraphs, accountUrl }) => ({
  subject,
  title: subject,
  blocks: [greeting(words, name), ...paragraphs.map(paragraph), action(words.text.safety.addressChange.open, accountUrl)],
}))
