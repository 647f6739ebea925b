/** A script before it is stored: does it parse, does it begin, and has it an entry? Nothing that it asks for is done. */
import { ENTRY } from '@gatehouse/core/adaptive_script.ts'
import { CHECK_PRELUDE } from './prelude.ts'
import { runScript, type ScriptFailure } from './sandbox.ts'

/** JSON pointer from where the script stands -> what is wrong. */
export type ScriptProblem = { readonly path: readonly string[]; readonly message: string }

export async function findScriptProblems(
  tenant: string,
  { script, libraries = {} }: { readonly script?: string | undefined; readonly libraries?: Readonly<Record<string, string>> | undefined },
): Promise<ScriptProblem[]> {
  const found: ScriptProblem[] = []
  for (const [name, text] of Object.entries(libraries)) {
    // As `require` makes a function of it: the first line is ours.
    const failure = await check(tenant, `var ${ENTRY} = function (module, exports, require) {\n${text}\n}`, {})
    if (failure) found.push({ path: ['scripting', 'libraries', name], message: wordsOf(failure, -1) })
  }
  const failure = script === undefined || found.length > 0 ? undefined : await check(tenant, script, libraries)
  if (failure) found.push({ path: ['script'], message: wordsOf(failure) })
  return found
}

async function check(tenant: string, script: string, libraries: Readonly<Record<string, string>>): Promise<ScriptFailure | undefined> {
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
  const outcome = await runScript({ tenant, prelude: CHECK_PRELUDE, facts, script, entry: ENTRY, ask: () => nothing })
  return outcome.kind === 'failed' ? outcome.failure : undefined
}

function wordsOf({ message, line, column }: ScriptFailure, linesBefore = 0): string {
  const place = line === undefined ? '' : `line ${line + linesBefore}${column === undefined ? '' : `, column ${column}`}: `
  return `${place}${message}`
}
