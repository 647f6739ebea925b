/** What `build.mjs` gives to those who are written in TypeScript. */
import type { BuildOptions } from 'esbuild'

export declare const DOOR_FUNCTIONS: readonly string[]
export declare const BACKGROUND_FUNCTIONS: readonly string[]
export declare const FUNCTIONS: readonly string[]
export declare const functionSettings: BuildOptions

export type BuiltFunction = { readonly name: string; readonly folder: string; readonly bytes: number }

export declare function buildFunctions(options?: {
  readonly outdir?: string
  readonly assets?: string
  readonly quiet?: boolean
}): Promise<{ readonly functions: readonly BuiltFunction[]; readonly assets: string }>
