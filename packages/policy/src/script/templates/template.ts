/** A ready-made script: what it does, what is to be set in its first lines, and which steps it calls. */
export type ScriptTemplate = {
  readonly name: string
  readonly category: 'access_control' | 'step_up' | 'levels' | 'sessions' | 'outside'
  readonly title: string
  readonly description: string
  /** Variables at the head of the script. */
  readonly parameters: readonly { readonly name: string; readonly description: string }[]
  /** How many steps the sign-in is to have. */
  readonly steps: number
  readonly script: string
}
