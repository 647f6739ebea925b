/** What the parts of the table's contract ask with. */
import { randomUUID } from 'node:crypto'
import { TableError } from '@gatehouse/core/table_error.ts'
import type { Condition, Item, Page, Query, Table, Test } from '@gatehouse/ports/table.ts'
import { expect } from 'vitest'

export type TableUnderTest = {
  readonly table: Table
  /** Runs `call` while the store answers every caller with "try again". */
  whileBusy<Result>(call: () => Promise<Result>): Promise<Result>
  /** How often the comparison with the model is drawn. */
  readonly modelRuns: number
}

/** Opened in a `beforeAll`, so read only within tests. */
export type Subject = () => TableUnderTest

export const ABSENT: Condition = [{ attribute: 'pk', is: 'absent' }]

/** A partition that no other test writes to. Always of one length, so that prices hold. */
export function partition(): string {
  return `p#${randomUUID()}`
}

export async function refusalOf(call: Promise<unknown>): Promise<TableError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(TableError)
  if (!(error instanceof TableError)) throw new TypeError('The call was not refused by the table.')
  return error
}

export async function itemAt(table: Table, pk: string, sk: string): Promise<Item | undefined> {
  return (await table.get({ pk, sk }, { consistent: true })).item
}

/** Whether a write under this one condition takes place on this item. */
export async function allows(table: Table, item: Item, test: Test): Promise<boolean> {
  await table.put(item)
  try {
    await table.update(item, { set: { touched: true } }, [test])
    return true
  } catch (error) {
    if (error instanceof TableError && error.kind === 'conflict') return false
    throw error
  }
}

export async function allPages(table: Table, query: Query): Promise<Page[]> {
  const pages: Page[] = []
  let cursor: string | undefined
  do {
    const page: Page = await table.query({ ...query, cursor })
    pages.push(page)
    cursor = page.cursor
  } while (cursor !== undefined)
  return pages
}

export function sortKeys(pages: readonly Page[], name: 'sk' | 'isk' = 'sk'): unknown[] {
  return pages.flatMap((page) => page.items.map((item) => item[name]))
}
