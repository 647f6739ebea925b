/**
 * Where the next page begins: text that callers hand round, bound to the partition that it was made for. Not secret and not signed: a forged
 * one can only begin elsewhere in the same list, since the query's own partition and bounds are applied again.
 */
import { createHash } from 'node:crypto'
import { IamError } from '@gatehouse/core/error.ts'
import type { Item, Query } from '@gatehouse/ports/table.ts'

/** The last item of the page before. `isk` only in the index. */
export type Position = { readonly pk: string; readonly sk: string; readonly isk: string }

export function renderCursor(query: Query, last: Item): string {
  const isk = typeof last.isk === 'string' ? last.isk : ''
  const parts = query.index === true ? [partitionMark(query), last.sk, last.pk, isk] : [partitionMark(query), last.sk]
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

export function parseCursor(query: Query): Position | undefined {
  if (query.cursor === undefined) return undefined
  const parts = parseParts(query.cursor)
  const [mark, sk, pk = query.pk, isk = ''] = parts
  if (mark !== partitionMark(query) || !sk || parts.length !== (query.index === true ? 4 : 2)) throw invalidCursor()
  return { pk, sk, isk }
}

export function invalidCursor(cause?: unknown): IamError {
  return new IamError('invalid_request', 'The cursor does not belong to this list.', { cause })
}

function parseParts(cursor: string): readonly string[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch (cause) {
    throw invalidCursor(cause)
  }
  if (!Array.isArray(parsed) || !parsed.every((part) => typeof part === 'string' && part.isWellFormed())) throw invalidCursor()
  return parsed
}

function partitionMark(query: Query): string {
  return createHash('sha256')
    .update(query.index === true ? 'index\n' : 'table\n')
    .update(query.pk)
    .digest('base64url')
    .slice(0, 12)
}
