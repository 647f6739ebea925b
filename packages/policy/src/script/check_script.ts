/** A script before it is stored: does it parse, does it begin, and has it an entry? Nothing that it asks for is done. */
import { ENTRY } from '@gatehouse/core/adaptive_script.ts'
import type { ScriptFailure } from '@gatehouse/ports/script_engine.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { CHECK_PRELUDE } from './prelude.ts'
import { nothingSpent, runScript } from './run_script.ts'

/** JSON pointer from where the script stands -> what is wrong. */
export type ScriptProblem = { readonly path: readonly string[]; readonly message: string }

export async function findScriptProblems(
  ctx: TenantContext,
  { script, libraries = {} }: { readonly script?: string | undefined; readonly libraries?: Readonly<Record<string, string>> | undefined },
): Promise<ScriptProblem[]> {
  const found: ScriptProblem[] = []
  for (const [name, text] of Object.entries(libraries)) {
    // As `require` makes a function of it: the first line is ours.
    const failure = await check(ctx, `var ${ENTRY} = function (module, exports, require) {\n${text}\n}`, {})
    if (failure) found.push({ path: ['scripting', 'libraries', name], message: wordsOf(failure, -1) })
  }
  const failure = script === undefined || found.length > 0 ? undefined : await check(ctx, script, libraries)
  if (failure) found.push({ path: ['script'], message: wordsOf(failure) })
  return found
}

async function check(ctx: TenantContext, script: string, libraries: Readonly<Record<string, string>>): Promise<ScriptFailure | undefined> {
  const tenant = ctx.tenant.id
  const facts = JSON.stringify({
    at: 0,
    seed: 1,
    steps: [],
    tenantDomain: tenant,
    serviceProviderName: '',
    requestedAcr: [],
    libraries,
    secrets: {},
  })
  const nothing = JSON.stringify({ value: null, at: 0 })
  const run = { tenant, prelude: CHECK_PRELUDE, facts, script, entry: ENTRY, ask: () => nothing, known: () => [] }
  const outcome = await runScript(ctx, run, nothingSpent())
  return outcome.kind === 'failed' ? outcome.failure : undefined
}

function wordsOf({ message, line, column }: ScriptFailure, linesBefore = 0): string {
  const place = line === undefined ? '' : `line ${line + linesBefore}${column === undefined ? '' : `, column ${column}`}: `
  return `${place}${message}`
}
