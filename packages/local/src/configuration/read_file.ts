/** Reads a configuration file (JSON or YAML) and says, for each thing that is wrong, where it is and what was expected. */
import { readFile } from 'node:fs/promises'
import { configurationSchema } from '@gatehouse/http/admin/schema/configuration.ts'
import { wordsOf } from '@gatehouse/http/admin/schema/issue.ts'
import { foldName } from '@gatehouse/store/keys.ts'
import { parseDocument } from 'yaml'
import type { Declared } from './differences.ts'

/** What the file says itself (`raw`: no defaults), beside its checked and completed form. */
export type Configuration = { readonly tenants: readonly DeclaredTenant[] }
export type DeclaredTenant = { readonly id: string; readonly raw: Declared; readonly full: FullTenant }
export type FullTenant = ReturnType<typeof configurationSchema.parse>['tenants'][number]

export class BadConfiguration extends Error {
  override readonly name = 'BadConfiguration'
  readonly findings: readonly string[]

  constructor(source: string, findings: readonly string[]) {
    super(`${source} cannot be applied:\n${findings.map((finding) => `  ${finding}`).join('\n')}`)
    this.findings = findings
  }
}

export async function readConfigurationFile(file: string): Promise<Configuration> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? UNREADABLE[String(cause.code)] : undefined
    throw new BadConfiguration(file, [code ?? `the file cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`])
  }
  return parseConfiguration(text, file)
}

const UNREADABLE: Readonly<Record<string, string>> = { ENOENT: 'there is no such file', EISDIR: 'it is a directory, and no file' }

/** YAML 1.2 is a superset of JSON: one parser for both. */
export function parseConfiguration(text: string, source: string): Configuration {
  const document = parseDocument(text, { prettyErrors: true })
  if (document.errors.length > 0)
    throw new BadConfiguration(
      source,
      document.errors.map((error) => error.message.split('\n')[0] ?? error.message),
    )
  const raw = plainValue(document, source)
  if (raw === null) throw new BadConfiguration(source, ['the file is empty; it begins with "tenants:"'])
  const parsed = configurationSchema.safeParse(raw)
  if (!parsed.success) {
    const findings = parsed.error.issues.map((issue) => {
      const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys.join(', ')] : issue.path
      return `${path.map(String).join('.') || '(top)'}: ${issue.code === 'unrecognized_keys' ? 'unknown key' : wordsOf(issue)}`
    })
    throw new BadConfiguration(source, findings)
  }
  const rawTenants = (raw as { tenants: Declared[] }).tenants
  const tenants = parsed.data.tenants.map((full, index) => ({ id: full.id, raw: rawTenants[index] ?? {}, full }))
  const contradictions = tenants.flatMap(findContradictions)
  if (contradictions.length > 0) throw new BadConfiguration(source, contradictions)
  return { tenants }
}

/** A small file can ask for gigabytes through aliases of aliases. */
function plainValue(document: ReturnType<typeof parseDocument>, source: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (cause) {
    throw new BadConfiguration(source, [cause instanceof Error ? cause.message : String(cause)])
  }
}

/** A person's `groups` and a group's `members` are two ways to say one thing: where both are said, they agree. */
function findContradictions({ id, raw, full }: DeclaredTenant): string[] {
  const declared = (raw.users ?? []) as Declared[]
  return (full.groups ?? []).flatMap(({ displayName, members }) =>
    (full.users ?? []).flatMap((user, index) => {
      if (!members || !('groups' in (declared[index] ?? {}))) return []
      const [lists, isListed] = [user.groups.includes(displayName), members.some((name) => foldName(name) === foldName(user.userName))]
      if (lists === isListed) return []
      return lists
        ? [`tenants.${id}: ${user.userName} lists the group ${displayName}, whose members do not include ${user.userName}`]
        : [`tenants.${id}: ${displayName} lists the member ${user.userName}, whose groups do not include ${displayName}`]
    }),
  )
}
