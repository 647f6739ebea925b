/** A mail that an adaptive script of the tenant asked for, in the tenant's own words: plain text, paragraph by paragraph. */
import { greeting } from '../greeting.ts'
import { paragraph } from '../letter.ts'
import { mailTemplate } from '../template.ts'

export type ScriptMailProps = { name?: string; subject: string; paragraphs: readonly string[] }

export const scriptMail = mailTemplate<ScriptMailProps>((words, _, { name, subject, paragraphs }) => ({
  subject,
  title: subject,
  blocks: [greeting(words, name), ...paragraphs.map(paragraph)],
}))
