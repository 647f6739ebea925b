/** `aws.iam.getPolicyDocument`: statements in Pulumi's words -> the JSON of IAM. Were it left out, every role would look empty and perfect. */

type Given = Readonly<Record<string, unknown>>

export function renderPolicyDocument(inputs: Given): string {
  const statements = list(inputs.statements).map((statement) => renderStatement(statement as Given))
  return JSON.stringify({ Version: '2012-10-17', Statement: statements })
}

function renderStatement(given: Given): Record<string, unknown> {
  const optional: [string, unknown][] = [
    ['Sid', given.sid],
    ['Effect', given.effect ?? 'Allow'],
    ['Principal', principals(given.principals)],
    ['Action', oneOrMany(given.actions)],
    ['NotAction', oneOrMany(given.notActions)],
    ['Resource', oneOrMany(given.resources)],
    ['NotResource', oneOrMany(given.notResources)],
    ['Condition', conditions(given.conditions)],
  ]
  return Object.fromEntries(optional.filter(([, value]) => value !== undefined))
}

function principals(given: unknown): unknown {
  const all = list(given) as { type: string; identifiers: unknown[] }[]
  if (all.length === 0) return undefined
  if (all.some(({ type, identifiers }) => type === '*' && identifiers.includes('*'))) return '*'
  return Object.fromEntries(all.map(({ type, identifiers }) => [type, oneOrMany(identifiers)]))
}

function conditions(given: unknown): unknown {
  const all = list(given) as { test: string; variable: string; values: unknown[] }[]
  if (all.length === 0) return undefined
  const byTest: Record<string, Record<string, unknown>> = {}
  for (const { test, variable, values } of all) byTest[test] = { ...byTest[test], [variable]: oneOrMany(values) }
  return byTest
}

function oneOrMany(given: unknown): unknown {
  const all = list(given)
  return all.length === 0 ? undefined : all.length === 1 ? all[0] : all
}

function list(given: unknown): unknown[] {
  return Array.isArray(given) ? given : []
}
