/** What the rules need to know of one source file, read with a real parser. */
import { extname } from 'node:path'
import { parseSync, Visitor } from 'rolldown/utils'
import type { Impurity } from './floors.ts'

export type Import = { readonly specifier: string; readonly line: number }

export type Impure = { readonly what: Impurity; readonly text: string; readonly line: number }

export type Source = {
  /** From the root of the tree, with slashes. */
  readonly path: string
  readonly lineCount: number
  readonly imports: readonly Import[]
  readonly impurities: readonly Impure[]
  /** `new aws.sqs.Queue(...)`, `new sst.aws.Function(...)`. */
  readonly resources: readonly { readonly text: string; readonly line: number }[]
  /** A sentence of its own, before the first statement; a compiler's pragma is none. */
  readonly opensWithSentence: boolean
}

export const PARSED_EXTENSIONS = new Set(['.ts', '.tsx', '.mts', '.js', '.mjs', '.jsx'])

const MEMBERS = new Map<string, Impurity>(
  Object.entries({
    'Date.now': 'clock',
    'performance.now': 'stopwatch',
    'Math.random': 'randomness',
    'crypto.randomUUID': 'randomness',
    'crypto.getRandomValues': 'randomness',
    'globalThis.fetch': 'network',
  } as const),
)
const CALLS = new Map<string, Impurity>(
  Object.entries({
    fetch: 'network',
    setTimeout: 'timers',
    setInterval: 'timers',
    setImmediate: 'timers',
    Date: 'clock',
  } as const),
)

export function parseSource(path: string, text: string): Source {
  const extension = extname(path)
  const parsed = parseSync(path, text, { lang: extension === '.tsx' || extension === '.jsx' ? 'tsx' : 'ts', sourceType: 'module' })
  const [error] = parsed.errors
  if (error !== undefined) throw new Error(`${path} cannot be parsed: ${error.message}`)

  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length
  const imports: Import[] = []
  const impurities: Impure[] = []
  const resources: { text: string; line: number }[] = []
  const found = (specifier: string, offset: number): number => imports.push({ specifier, line: lineAt(offset) })
  const impure = (what: Impurity, name: string, offset: number): number => impurities.push({ what, text: name, line: lineAt(offset) })

  new Visitor({
    ImportDeclaration: (node) => void found(node.source.value, node.start),
    ExportAllDeclaration: (node) => void found(node.source.value, node.start),
    ExportNamedDeclaration: (node) => void (node.source && found(node.source.value, node.start)),
    TSImportType: (node) => void found(node.source.value, node.start),
    ImportExpression: (node) => {
      if (node.source.type === 'Literal' && typeof node.source.value === 'string') found(node.source.value, node.start)
    },
    MemberExpression: (node) => {
      if (node.computed || node.object.type !== 'Identifier' || node.property.type !== 'Identifier') return
      const name = `${node.object.name}.${node.property.name}`
      const what = node.object.name === 'process' ? 'environment' : MEMBERS.get(name)
      if (what !== undefined) impure(what, name, node.start)
    },
    CallExpression: (node) => {
      if (node.callee.type !== 'Identifier') return
      const what = CALLS.get(node.callee.name)
      if (what !== undefined) impure(what, `${node.callee.name}()`, node.start)
    },
    NewExpression: (node) => {
      const made = dotted(node.callee)
      if (/^(aws|sst|random)\./.test(made)) resources.push({ text: `new ${made}`, line: lineAt(node.start) })
      if (node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0)
        impure('clock', 'new Date()', node.start)
    },
  }).visit(parsed.program)

  const firstStatement = parsed.program.body[0]?.start ?? text.length
  const opensWithSentence = parsed.comments.some((comment) => comment.end <= firstStatement && isSentence(comment.value))
  return { path, lineCount: text.replace(/\n$/, '').split('\n').length, imports, impurities, resources, opensWithSentence }
}

/** `aws.sqs.Queue`; empty for what is no plain path. */
function dotted(node: unknown): string {
  if (typeof node !== 'object' || node === null || !('type' in node)) return ''
  if (node.type === 'Identifier' && 'name' in node) return String(node.name)
  if (node.type !== 'MemberExpression' || !('object' in node) || !('property' in node)) return ''
  return `${dotted(node.object)}.${dotted(node.property)}`
}

function isSentence(comment: string): boolean {
  const words = comment.replace(/@(jsx|ts-)\S*\s+\S+/g, ' ').match(/[\p{L}\p{N}]+/gu) ?? []
  return words.length >= 3
}
