/** The rules about names, lengths, first sentences, plates, and what a pure room may not reach for. */
import { posix } from 'node:path'
import { MAX_LINES } from './floors.ts'
import { type House, isTest, roomOf } from './house.ts'

/** Names that say nothing; as a word anywhere in a name. */
const EMPTY_WORDS = new Set(['util', 'utils', 'helper', 'helpers', 'impl', 'misc'])
/** These say something in `service_provider` or `common_passwords`, but nothing alone or at the end. */
const EMPTY_ENDINGS = new Set(['common', 'shared', 'service', 'services', 'manager', 'managers'])
/** Words that the world chose: a standard's, or an application's own name. */
const NAMES_OF_THE_WORLD = new Set(['terms_of_service', 'samples/pickup/src/manager.ts'])

export function namesSaySomething(house: House): string[] {
  const wrong = new Set<string>()
  for (const path of house.paths) {
    const parts = path.split('/')
    parts.forEach((part, index) => {
      const stem = index === parts.length - 1 ? (part.split('.')[0] ?? part) : part
      const words = stem.toLowerCase().split(/[_-]/)
      if (NAMES_OF_THE_WORLD.has(stem) || NAMES_OF_THE_WORLD.has(path)) return
      const empty = words.find((word) => EMPTY_WORDS.has(word)) ?? (EMPTY_ENDINGS.has(words.at(-1) ?? '') ? words.at(-1) : undefined)
      if (empty !== undefined) wrong.add(`${parts.slice(0, index + 1).join('/')}: "${empty}" does not say what is in it`)
    })
  }
  return [...wrong]
}

export function filesAreSnakeCase(house: House): string[] {
  const odd = house.sources.filter((source) => !/^[a-z0-9_]+(\.[a-z0-9_]+)*$/.test(posix.basename(source.path)))
  return odd.map((source) => `${source.path}: file names are snake_case`)
}

/** The import path is the file path; a barrel hides what depends on what. */
export function noBarrels(house: House): string[] {
  return house.sources
    .filter((source) => /\/src\/(.*\/)?index\.\w+$/.test(source.path))
    .map((source) => `${source.path}: no index file inside src`)
}

export function filesAreShort(house: House): string[] {
  const long = house.sources.filter((source) => source.lineCount > MAX_LINES)
  return long.map((source) => `${source.path}: ${source.lineCount} lines; split before ${MAX_LINES}`)
}

export function filesOpenWithASentence(house: House): string[] {
  const silent = house.sources.filter((source) => !isTest(source.path) && !source.opensWithSentence)
  return silent.map((source) => `${source.path}: open the file with a comment that says what it does`)
}

/** Decide in pure functions, act at the edges: time, randomness and the network come in as arguments. */
export function roomsArePure(house: House): string[] {
  return house.sources.flatMap((source) => {
    const row = house.floors[roomOf(source.path) ?? '']
    if (row === undefined || isTest(source.path)) return []
    const wrong = source.impurities.filter((impurity) => !row.mayUse.includes(impurity.what))
    return wrong.map((impurity) => `${source.path}:${impurity.line}: ${impurity.text} (${impurity.what}) comes in as an argument here`)
  })
}

export function roomsHavePlates(house: House): string[] {
  return house.rooms.filter((room) => !room.hasPlate).map((room) => `${room.folder} has no README.md, its plate`)
}

export function mapShowsEveryRoom(house: House): string[] {
  return house.rooms
    .filter((room) => !house.map.includes(`\`${room.name}\``))
    .map((room) => `docs/map.md does not mention \`${room.name}\``)
}

/** A path in backticks, of a file or a folder. */
export function mapLeadsSomewhere(house: House): string[] {
  const named = house.map.match(/`(packages|samples|test|docs|bench|infra|stacks)\/[^`*]+`/g) ?? []
  const missing = named
    .map((quoted) => quoted.slice(1, -1))
    .filter((path) => !house.paths.some((known) => known === path || known.startsWith(`${path}/`)))
  return missing
    .filter((path) => !house.rooms.some((room) => room.folder === path))
    .map((path) => `docs/map.md leads to ${path}, which is not there`)
}
