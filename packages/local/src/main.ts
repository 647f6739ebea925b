/** The entry of the built house: `npm start`, `npm run gatehouse`, `npm run quickstart`. */
import { BadFlag, HELP, parseStartFlags } from './flags.ts'

export async function run(asked: 'start' | 'cli' | 'quickstart', words: readonly string[], root: string): Promise<void> {
  try {
    await COMMANDS[asked](words, root)
  } catch (error) {
    if (!isPlain(error)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

const COMMANDS = {
  start: async (words: readonly string[], root: string) => {
    const flags = parseStartFlags(words, process.env)
    if (!flags) return console.log(HELP)
    const { start } = await import('./start.ts')
    await start(flags, root)
  },
  cli: async (words: readonly string[]) => {
    const { runCommand } = await import('./cli/command_line.ts')
    await runCommand(words, process.env, (line) => console.log(line))
  },
  quickstart: async (words: readonly string[], root: string) => {
    const { quickstart } = await import('./quickstart/menu.ts')
    await quickstart(words, root)
  },
} as const

/** Errors that are a person's to mend: told as one sentence, without a stack. */
function isPlain(error: unknown): error is Error {
  return error instanceof BadFlag || (error instanceof Error && PLAIN.has(error.name))
}

const PLAIN = new Set([
  'BadConfiguration',
  'BadCommand',
  'StageRefusal',
  'DataDirectoryInUse',
  'KeyfileRefused',
  'WeakPasswords',
  'CannotListen',
  'ApiRefusal',
  'IamError',
])
