/** The rules about what is deployed: one place makes resources, one composes them, and the house knows of neither. */
import type { House } from './house.ts'
import { targetOf } from './import_rules.ts'

/** What the blocks may know of the house: its address table, what a tenant may be called, the words of the edge's own pages, and what a stage says of itself. */
const KNOWN_TO_INFRA = /^packages\/(http\/src\/front\.ts|stage\/src\/outputs\.ts|core\/src\/(ids|locale)\.ts|pages\/src\/locales\/)/
/** They look at the house, not at AWS: they run it, bundle it, count what it takes. */
const LOOKS_AT_THE_HOUSE = /^infra\/(plan|cost)\//

export function resourcesAreMadeInInfra(house: House): string[] {
  return house.sources
    .filter(({ path }) => !path.startsWith('infra/'))
    .flatMap(({ path, resources }) => resources.map(({ text, line }) => `${path}:${line}: only infra/ makes resources, not ${text}`))
}

export function stacksOnlyCompose(house: House): string[] {
  return importsOf(house, (path) => path.startsWith('stacks/'))
    .filter(({ target }) => target.kind !== 'file' || !/^(stacks|infra)\//.test(target.path))
    .map(({ at, specifier }) => `${at}: a stack composes blocks of infra/; ${specifier} is none`)
}

export function blocksKnowLittleOfTheHouse(house: House): string[] {
  const blocks = importsOf(house, (path) => path.startsWith('infra/') && !LOOKS_AT_THE_HOUSE.test(path) && !path.endsWith('.test.ts'))
  return blocks.flatMap(({ at, target, specifier }) => {
    const isOfTheHouse = target.kind === 'file' && !target.path.startsWith('infra/') && !KNOWN_TO_INFRA.test(target.path)
    const isForeign = target.kind === 'package' && target.name !== 'esbuild'
    return isOfTheHouse || isForeign ? [`${at}: a block may not import ${specifier}`] : []
  })
}

function importsOf(house: House, isMeant: (path: string) => boolean) {
  return house.sources
    .filter(({ path }) => isMeant(path))
    .flatMap(({ path, imports }) =>
      imports.map(({ specifier, line }) => ({ at: `${path}:${line}`, specifier, target: targetOf(path, specifier) })),
    )
}
