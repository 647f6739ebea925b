/** Runs a script where the roof has them run; where it does not say, here. QuickJS is loaded with the first. */
import type { ScriptOutcome, ScriptRun, Spent } from '@gatehouse/ports/script_engine.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

export const nothingSpent = (): Spent => ({ intervals: 0, milliseconds: 0 })

export async function runScript({ scripts }: Pick<TenantContext, 'scripts'>, run: ScriptRun, spent: Spent): Promise<ScriptOutcome> {
  const engine = scripts ?? (await import('./sandbox.ts')).engine
  return engine.run(run, spent)
}
