/** All rules, each under the sentence that it keeps. */
import * as cloud from './cloud_rules.ts'
import * as form from './form_rules.ts'
import type { House } from './house.ts'
import * as imports from './import_rules.ts'

/** Gives the sentences that say what is wrong; none is a clean house. */
export type Rule = (house: House) => string[]

export const RULES = {
  'every room has a floor, every floor its room': imports.roomsHaveFloors,
  'the floor table itself runs down and has no circle': imports.tableRunsDown,
  'imports run down the floors': imports.importsRunDown,
  'files make no circle': imports.filesMakeNoCircle,
  'an imported file exists and is named with its extension': imports.importedFilesExist,
  'a room uses only the packages and the parts of Node that its row allows': imports.packagesAreAllowed,
  'what a room imports, its package.json names': imports.packagesAreDeclared,
  'only the roofs choose adapters': imports.adaptersAreChosenAtTheRoof,
  'time, randomness, settings and the network come in as arguments': form.roomsArePure,
  'names say something': form.namesSaySomething,
  'file names are snake_case': form.filesAreSnakeCase,
  'no index file inside src': form.noBarrels,
  'files are short': form.filesAreShort,
  'a file opens with a sentence': form.filesOpenWithASentence,
  'every room has a plate': form.roomsHavePlates,
  'docs/map.md shows every room': form.mapShowsEveryRoom,
  'docs/map.md leads to what is there': form.mapLeadsSomewhere,
  'resources of AWS are made in infra/ only': cloud.resourcesAreMadeInInfra,
  'stacks compose blocks, and nothing else': cloud.stacksOnlyCompose,
  'blocks know the address table of the house and little more': cloud.blocksKnowLittleOfTheHouse,
} satisfies Record<string, Rule>
