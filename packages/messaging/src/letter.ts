/** What a template says, before it is mail: a subject, a heading and blocks. `mail_frame.ts` renders it as HTML and as text. */
import type { Tenant } from '@gatehouse/core/tenant.ts'

export type Block =
  | { kind: 'paragraph'; text: string }
  | { kind: 'quiet'; text: string }
  /** Somebody's own words: kept as they were written, lines and all. */
  | { kind: 'quotation'; text: string }
  | { kind: 'facts'; rows: readonly (readonly [name: string, value: string])[] }
  | { kind: 'action'; label: string; url: string }
  /** To be read off and typed elsewhere: large, and left to right in every language. */
  | { kind: 'code'; text: string }

export type Letter = { subject: string; title: string; blocks: readonly Block[] }

export type MessageBrand = Pick<Tenant, 'display_name' | 'branding'>

export const paragraph = (text: string): Block => ({ kind: 'paragraph', text })
export const quiet = (text: string): Block => ({ kind: 'quiet', text })
export const facts = (...rows: readonly (readonly [string, string])[]): Block => ({ kind: 'facts', rows })
export const code = (text: string): Block => ({ kind: 'code', text })
export const action = (label: string, url: string): Block => ({ kind: 'action', label, url })
