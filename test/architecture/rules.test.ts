import { describe, expect, test } from 'vitest'
import type { Floors, Room } from './floors.ts'
import { type House, roomOf } from './house.ts'
import { circles } from './import_rules.ts'
import { RULES, type Rule } from './rules.ts'
import { parseSource } from './source.ts'

const SENTENCE = '/** Says what it does. */\n'

const row = (floor: Room['floor'], uses: string[] = [], more: Partial<Room> = {}): Room => ({
  floor,
  uses,
  packages: [],
  node: [],
  mayUse: [],
  ...more,
})

const FLOORS: Floors = {
  core: row(0, [], { packages: ['jose'] }),
  store: row(2, ['core'], { node: ['crypto'] }),
  adapters: row('cellar', ['core'], { node: ['*'], mayUse: ['clock'] }),
  local: row(6, ['core', 'store', 'adapters'], { node: ['*'] }),
}

/** A small house that keeps every rule; a test changes one thing in it. */
const CLEAN = {
  'packages/core/src/value.ts': `${SENTENCE}import { jwtVerify } from 'jose'`,
  'packages/store/src/session.ts': `${SENTENCE}import { value } from '@gatehouse/core/value.ts'\nimport { hash } from 'node:crypto'\nimport './key.ts'`,
  'packages/store/src/key.ts': `${SENTENCE}export const key = 1`,
  'packages/store/src/session.test.ts': "import { test } from 'vitest'\nimport { sqlite } from '@gatehouse/adapters/sqlite.ts'",
  'packages/adapters/src/sqlite.ts': `${SENTENCE}export const now = Date.now()`,
  'packages/local/src/ports.ts': `${SENTENCE}import { sqlite } from '@gatehouse/adapters/sqlite.ts'`,
}

type Files = Readonly<Record<string, string>>

function houseOf(files: Files, changes: Partial<House> = {}): House {
  const paths = Object.keys(files)
  const names = [...new Set(paths.map(roomOf).filter((room) => room !== undefined))]
  return {
    floors: FLOORS,
    rooms: names.map((name) => ({
      name,
      folder: `packages/${name}`,
      hasPlate: true,
      dependencies: ['jose', '@gatehouse/core', '@gatehouse/store', '@gatehouse/adapters'],
    })),
    sources: Object.entries(files).map(([path, text]) => parseSource(path, text)),
    paths,
    map: names.map((name) => `\`${name}\``).join(' '),
    ...changes,
  }
}

const plus = (files: Files): House => houseOf({ ...CLEAN, ...files })

/** For every rule at least one house that breaks it. */
const BREACHES: Record<keyof typeof RULES, Record<string, House>> = {
  'every room has a floor, every floor its room': {
    'a room without a row': plus({ 'packages/attic/src/box.ts': SENTENCE }),
    'a row without a room': houseOf(CLEAN, { floors: { ...FLOORS, attic: row(3) } }),
  },
  'the floor table itself runs down and has no circle': {
    'a row that looks up': houseOf(CLEAN, { floors: { ...FLOORS, core: row(0, ['store']) } }),
    'neighbours in a circle': houseOf(CLEAN, { floors: { ...FLOORS, a: row(3, ['b']), b: row(3, ['a']) } }),
    'a floor above the cellar that goes down to it': houseOf(CLEAN, { floors: { ...FLOORS, store: row(2, ['adapters']) } }),
  },
  'imports run down the floors': {
    'an import upward': plus({ 'packages/core/src/value.ts': `${SENTENCE}import '@gatehouse/store/key.ts'` }),
    'a type imported upward': plus({ 'packages/core/src/value.ts': `${SENTENCE}import type { K } from '@gatehouse/store/key.ts'` }),
    'a re-export from above': plus({ 'packages/core/src/value.ts': `${SENTENCE}export * from '@gatehouse/store/key.ts'` }),
    'a dynamic import upward': plus({ 'packages/core/src/value.ts': `${SENTENCE}await import('@gatehouse/store/key.ts')` }),
    'an inline type import upward': plus({ 'packages/core/src/value.ts': `${SENTENCE}type K = import('@gatehouse/store/key.ts').K` }),
    'through the wall instead of the door': plus({ 'packages/store/src/key.ts': `${SENTENCE}import '../../core/src/value.ts'` }),
    'a test that looks up': plus({ 'packages/core/src/value.test.ts': "import '@gatehouse/store/key.ts'" }),
  },
  'files make no circle': {
    'two files': plus({ 'packages/store/src/key.ts': `${SENTENCE}import type { S } from './session.ts'` }),
    'a file and itself': plus({ 'packages/store/src/key.ts': `${SENTENCE}import './key.ts'` }),
  },
  'an imported file exists and is named with its extension': {
    'no such file': plus({ 'packages/store/src/key.ts': `${SENTENCE}import './gone.ts'` }),
    'no extension': plus({ 'packages/store/src/key.ts': `${SENTENCE}import '@gatehouse/core/value'` }),
  },
  'a room uses only the packages and the parts of Node that its row allows': {
    'a package': plus({ 'packages/store/src/key.ts': `${SENTENCE}import 'jose'` }),
    'a path of a scoped package': plus({ 'packages/store/src/key.ts': `${SENTENCE}import '@aws-sdk/client-ses/models'` }),
    'a part of Node': plus({ 'packages/store/src/key.ts': `${SENTENCE}import 'node:fs/promises'` }),
    'a tool of tests outside a test': plus({ 'packages/store/src/key.ts': `${SENTENCE}import 'vitest'` }),
  },
  'what a room imports, its package.json names': {
    'an undeclared room': houseOf(CLEAN, { rooms: houseOf(CLEAN).rooms.map((room) => ({ ...room, dependencies: [] })) }),
  },
  'only the roofs choose adapters': {
    'elsewhere at the roof': plus({ 'packages/local/src/main.ts': `${SENTENCE}import '@gatehouse/adapters/sqlite.ts'` }),
  },
  'time, randomness, settings and the network come in as arguments': {
    'the clock': plus({ 'packages/core/src/value.ts': `${SENTENCE}export const now = Date.now()` }),
    'the clock as a date': plus({ 'packages/core/src/value.ts': `${SENTENCE}export const now = new Date()` }),
    'a timer': plus({ 'packages/core/src/value.ts': `${SENTENCE}setTimeout(() => {}, 1)` }),
    randomness: plus({ 'packages/core/src/value.ts': `${SENTENCE}export const id = crypto.randomUUID()` }),
    settings: plus({ 'packages/core/src/value.ts': `${SENTENCE}export const port = process.env.PORT` }),
    'the network': plus({ 'packages/core/src/value.ts': `${SENTENCE}await fetch('https://example.org')` }),
  },
  'names say something': {
    'a folder': plus({ 'packages/core/src/utils/value.ts': SENTENCE }),
    'a file': plus({ 'packages/core/src/date_helpers.ts': SENTENCE }),
    'a manager': plus({ 'packages/core/src/session_manager.ts': SENTENCE }),
  },
  'file names are snake_case': { 'a camel': plus({ 'packages/core/src/sessionCookie.ts': SENTENCE }) },
  'no index file inside src': { 'a barrel': plus({ 'packages/core/src/grants/index.ts': SENTENCE }) },
  'files are short': { 'a long one': plus({ 'packages/core/src/value.ts': SENTENCE + 'export {}\n'.repeat(400) }) },
  'a file opens with a sentence': {
    'no comment': plus({ 'packages/core/src/value.ts': 'export const a = 1 // the value of a' }),
    'a pragma only': plus({ 'packages/core/src/value.tsx': '/** @jsxImportSource hono/jsx */\nexport const a = <a />' }),
  },
  'every room has a plate': {
    'no README': houseOf(CLEAN, { rooms: houseOf(CLEAN).rooms.map((room) => ({ ...room, hasPlate: room.name !== 'core' })) }),
  },
  'docs/map.md shows every room': { 'a map that forgot one': houseOf(CLEAN, { map: '`core` `store` `adapters`' }) },
  'docs/map.md leads to what is there': { 'a file that moved': houseOf(CLEAN, { map: '`packages/core/src/moved.ts`' }) },
  'resources of AWS are made in infra/ only': {
    'a stack makes a queue': plus({ 'stacks/messaging.ts': `${SENTENCE}new aws.sqs.Queue('Messages', {})` }),
    'a room makes a function': plus({ 'packages/core/src/value.ts': `${SENTENCE}new sst.aws.Function('Token', {})` }),
  },
  'stacks compose blocks, and nothing else': {
    'a stack asks the house': plus({ 'stacks/web.ts': `${SENTENCE}import { key } from '../packages/store/src/key.ts'` }),
    'a stack reads a file': plus({ 'stacks/web.ts': `${SENTENCE}import { readFileSync } from 'node:fs'` }),
  },
  'blocks know the address table of the house and little more': {
    'a block reads the store': plus({ 'infra/table.ts': `${SENTENCE}import { key } from '@gatehouse/store/key.ts'` }),
    'a block brings a package': plus({ 'infra/table.ts': `${SENTENCE}import { Queue } from '@pulumi/aws'` }),
  },
}

const ALL: [string, Rule][] = Object.entries(RULES)

test.each(ALL)('a clean house: %s', (_sentence, rule) => {
  expect(rule(houseOf(CLEAN))).toEqual([])
})

describe.each(Object.entries(BREACHES))('%s; seen when broken', (sentence, houses) => {
  const rule: Rule | undefined = ALL.find(([name]) => name === sentence)?.[1]

  test.each(Object.entries(houses))('%s', (_what, house) => {
    if (rule === undefined) throw new Error('no such rule')
    expect(rule(house)).not.toEqual([])
  })
})

test('names of the world that merely contain an empty word are fine', () => {
  const house = plus({
    'packages/core/src/terms_of_service.ts': SENTENCE,
    'packages/core/src/service_provider.ts': SENTENCE,
    'packages/core/src/common_passwords.ts': SENTENCE,
  })

  expect(RULES['names say something'](house)).toEqual([])
})

test('a function that bears the name of an inherited property is not taken for a clock', () => {
  const house = plus({ 'packages/core/src/value.ts': `${SENTENCE}export const text = valueOf(1) + toString() + constructor.name` })

  expect(RULES['time, randomness, settings and the network come in as arguments'](house)).toEqual([])
})

test('what a comment or a string says is no import', () => {
  const house = plus({
    'packages/core/src/value.ts': `${SENTENCE}// import '@gatehouse/store/key.ts'\nexport const a = "import 'express'"`,
  })

  expect(RULES['imports run down the floors'](house)).toEqual([])
  expect(RULES['a room uses only the packages and the parts of Node that its row allows'](house)).toEqual([])
})

test('a circle is given as the walk that ends where it began', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['b']],
  ])

  expect(circles(graph)).toEqual([['b', 'c', 'b']])
})
