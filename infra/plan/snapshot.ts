/** A plan as text that a person reviews: a change of infrastructure shows as a few lines of it. What changes with every build is left out. */
import type { Plan, PlannedResource } from './plan.ts'

const HASHED_KEY = /-[0-9a-f]{64}\.zip$/

export function renderSnapshot(plan: Plan): string {
  const shown = plan.resources.filter(({ name }) => !name.startsWith('Asset '))
  const blocks = shown.map(renderResource).sort()
  const assets = plan.resources.length - shown.length > 0 ? 'files of .build/cloud_assets in the bucket Assets' : 'no files'
  return `${blocks.join('\n')}\n${assets}\n`
}

function renderResource(resource: PlannedResource): string {
  const { type, name, protect, retain } = resource
  const kept = [protect ? 'protected' : '', retain ? 'retained' : ''].filter(Boolean).join(', ')
  const lines = flatten(resource).map(([path, value]) => `  ${path}: ${value}`)
  return [`${type} ${name}${kept && ` (${kept})`}`, ...lines, ''].join('\n')
}

/** Path -> value, in the order of the paths; secrets are named, not said. */
export function flatten({ inputs, secrets }: Pick<PlannedResource, 'inputs' | 'secrets'>): [string, string][] {
  const secret = (path: string): boolean => secrets.some((known) => path === known || path.startsWith(`${known}.`))
  const found: [string, string][] = []
  const walk = (value: unknown, path: string): void => {
    if (secret(path)) found.push([path, 'a secret'])
    else if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) found.push([path, `[${value.join(', ')}]`])
    else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) walk(item, path === '' ? key : `${path}.${key}`)
    } else found.push(...text(path, value))
  }
  walk(inputs, '')
  return found.sort(([a], [b]) => a.localeCompare(b, 'en'))
}

/** Policies a statement a line; of code and of state machines only that they are there: their sources are reviewed where they lie. */
function text(path: string, value: unknown): [string, string][] {
  const said = String(value)
  if (path === 'code') return [[path, 'infra/front_door']]
  if (path === 'definition') return [[path, 'packages/workflow/src/approval.asl.json']]
  if (path === 's3Key' || path === 'triggers.code' || path === 'key') return [[path, said.replace(HASHED_KEY, '-of-its-content.zip')]]
  if (!said.startsWith('{')) return [[path, said]]
  const parsed = JSON.parse(said)
  if (!Array.isArray(parsed.Statement)) return [[path, said]]
  return parsed.Statement.map((statement: unknown, index: number): [string, string] => [`${path}.${index}`, JSON.stringify(statement)])
}
