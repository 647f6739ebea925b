/** Random sequences of calls, held against a model of thirty lines that knows neither SQL nor DynamoDB. */
import { TableError } from '@gatehouse/core/table_error.ts'
import type { Change, Condition, Item, Key, Table, Test, Write } from '@gatehouse/ports/table.ts'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { allPages, partition, type Subject } from './table_trial.ts'

type Call = { readonly one: Write } | { readonly all: readonly Write[] }
type Model = Map<string, Item>

export function modelContract(subject: Subject): void {
  test('any sequence of writes leaves what the model says, and refuses where the model refuses', async () => {
    const { table, modelRuns } = subject()

    await fc.assert(
      fc.asyncProperty(fc.array(calls, { minLength: 1, maxLength: 12 }), async (sequence) => {
        const [pk, ipk] = [partition(), partition()]
        const model: Model = new Map()

        for (const drawn of sequence) {
          const call = place(drawn, pk, ipk)
          expect(await outcomeOf(table, call)).toEqual(apply(model, writesOf(call)))
        }

        const pages = await allPages(table, { pk, limit: 2, consistent: true })
        const index = await allPages(table, { pk: ipk, index: true, limit: 2, direction: 'descending' })
        expect(pages.flatMap((page) => page.items)).toEqual(sorted(model, 'sk'))
        expect(index.flatMap((page) => page.items)).toEqual(sorted(model, 'isk').reverse().map(entryOf))
      }),
      { numRuns: modelRuns },
    )
  })
}

// What is drawn: few keys, few attributes, few values, so that calls meet one another.

const sortKey = fc.constantFrom('a', 'b', 'c', 'ä')
const key = sortKey.map((sk) => ({ pk: '', sk }))
const value = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.constantFrom('', 'x', 'y'), fc.boolean())
const ordered = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.constantFrom('x', 'y'))
const attribute = fc.constantFrom('n', 'v', 'w')

const simpleTest: fc.Arbitrary<Test> = fc.oneof(
  fc.record({ attribute: fc.constantFrom('pk', 'n', 'v', 'w'), is: fc.constantFrom('absent' as const, 'present' as const) }),
  fc.record({ attribute, is: fc.constantFrom('equal' as const, 'not_equal' as const), value }),
  fc.record({
    attribute,
    is: fc.constantFrom('less' as const, 'at_most' as const, 'greater' as const, 'at_least' as const),
    value: ordered,
  }),
)
const condition: fc.Arbitrary<Condition> = fc.array(
  fc.oneof({ weight: 4, arbitrary: simpleTest }, { weight: 1, arbitrary: fc.record({ any: fc.array(simpleTest, { maxLength: 2 }) }) }),
  { minLength: 1, maxLength: 2 },
)

const item: fc.Arbitrary<Item> = fc
  .record(
    { sk: sortKey, v: value, w: value, n: fc.integer({ min: -2, max: 2 }), indexed: fc.boolean(), label: value },
    { requiredKeys: ['sk'] },
  )
  .map(({ sk, indexed, label, ...rest }) => ({
    pk: '',
    sk,
    ...rest,
    ...(indexed && { ipk: '', isk: `i${sk}`, ...(label !== undefined && { label }) }),
  }))
const change: fc.Arbitrary<Change> = fc.record({
  set: fc.record({ v: value, label: value }, { requiredKeys: [] }),
  add: fc.record({ n: fc.integer({ min: -2, max: 2 }) }),
  remove: fc.uniqueArray(fc.constantFrom('w', 'isk')),
})

const guarded = { condition: fc.option(condition, { nil: undefined }) }
const write: fc.Arbitrary<Write> = fc.oneof(
  fc.record({ put: item, ...guarded }),
  fc.record({ update: key, change, ...guarded }),
  fc.record({ remove: key, ...guarded }),
)
const check: fc.Arbitrary<Write> = fc.record({ check: key, condition })
const transaction = fc.uniqueArray(fc.oneof(write, check), { minLength: 1, maxLength: 3, selector: (drawn) => keyOf(drawn).sk })
const calls: fc.Arbitrary<Call> = fc.oneof(
  { weight: 3, arbitrary: write.map((one) => ({ one })) },
  { weight: 1, arbitrary: transaction.map((all) => ({ all })) },
)

/** The drawn call, moved into this run's partition and index. */
function place(call: Call, pk: string, ipk: string): Call {
  const move = (drawn: Write): Write => {
    if ('put' in drawn) return { ...drawn, put: { ...drawn.put, pk, ...(drawn.put.ipk !== undefined && { ipk }) } }
    if ('update' in drawn) return { ...drawn, update: { ...drawn.update, pk } }
    if ('remove' in drawn) return { ...drawn, remove: { ...drawn.remove, pk } }
    return { ...drawn, check: { ...drawn.check, pk } }
  }
  return 'one' in call ? { one: move(call.one) } : { all: call.all.map(move) }
}

type Outcome = { readonly item?: Item | undefined; readonly refused?: { readonly index: number | undefined; readonly existing: unknown } }

async function outcomeOf(table: Table, call: Call): Promise<Outcome> {
  try {
    if ('all' in call) await table.transact(call.all)
    return 'all' in call ? {} : { item: await send(table, call.one) }
  } catch (error) {
    if (!(error instanceof TableError) || error.kind !== 'conflict') throw error
    return { refused: { index: 'all' in call ? error.index : 0, existing: error.existing } }
  }
}

async function send(table: Table, one: Write): Promise<Item | undefined> {
  if ('put' in one) return (await table.put(one.put, one.condition)).item
  if ('update' in one) return (await table.update(one.update, one.change, one.condition)).item
  if ('remove' in one) return (await table.remove(one.remove, one.condition)).item
  throw new TypeError('A check stands in a transaction only.')
}

// The model.

function apply(model: Model, { writes, single }: { writes: readonly Write[]; single: boolean }): Outcome {
  const index = writes.findIndex((each) => !holds(each.condition ?? [], model.get(keyOf(each).sk)))
  const refused = writes[index]
  if (refused !== undefined) return { refused: { index, existing: model.get(keyOf(refused).sk) } }
  const items = writes.map((each) => applyOne(model, each))
  return single ? { item: items[0] } : {}
}

function applyOne(model: Model, each: Write): Item | undefined {
  const { pk, sk } = keyOf(each)
  const before = model.get(sk)
  if ('check' in each) return undefined
  if ('remove' in each) {
    model.delete(sk)
    return before
  }
  if ('put' in each) {
    model.set(sk, each.put)
    return each.put
  }
  const entries = Object.entries({ ...before, ...each.change.set }).filter(([name]) => !each.change.remove?.includes(name))
  const after = { pk, sk, ...Object.fromEntries(entries) } as Item
  const n = Number(after.n ?? 0) + (each.change.add?.n ?? 0)
  model.set(sk, { ...after, n })
  return { ...after, n }
}

function holds(tests: Condition, found: Item | undefined): boolean {
  return tests.every((each) => {
    if ('any' in each) return each.any.some((alternative) => holds([alternative], found))
    const actual = found?.[each.attribute]
    if (each.is === 'absent') return actual === undefined
    if (actual === undefined || !('value' in each)) return actual !== undefined
    if (each.is === 'equal') return actual === each.value
    if (each.is === 'not_equal') return actual !== each.value
    if (typeof actual !== typeof each.value || actual === null) return false
    const sign = actual < each.value ? 'less' : actual > each.value ? 'greater' : 'same'
    return { less: ['less'], at_most: ['less', 'same'], greater: ['greater'], at_least: ['greater', 'same'] }[each.is].includes(sign)
  })
}

function keyOf(each: Write): Key {
  if ('put' in each) return each.put
  if ('update' in each) return each.update
  return 'remove' in each ? each.remove : each.check
}

function writesOf(call: Call): { writes: readonly Write[]; single: boolean } {
  return 'one' in call ? { writes: [call.one], single: true } : { writes: call.all, single: false }
}

function sorted(model: Model, by: 'sk' | 'isk'): Item[] {
  const items = [...model.values()].filter((each) => by === 'sk' || (each.ipk !== undefined && each.isk !== undefined))
  return items.sort((a, b) => (String(a[by]) < String(b[by]) ? -1 : 1))
}

function entryOf({ pk, sk, ipk, isk, label }: Item): object {
  return label === undefined ? { pk, sk, ipk, isk } : { pk, sk, ipk, isk, label }
}
