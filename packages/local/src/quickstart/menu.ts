/** `npm run quickstart`: lists the scenarios, sets one up in a house of its own, says what to open and as whom, and leaves nothing behind. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseStartFlags } from '../flags.ts'
import { runHouse } from '../running_house.ts'
import { startTable } from '../start_table.ts'
import { SCENARIOS, type Scenario } from './scenarios.ts'

/** `words`: a scenario's number, to choose it without being asked, and flags as of `npm start` (`--port`, `--samples-port`). */
export async function quickstart(words: readonly string[], root: string): Promise<void> {
  const chosen = words.find((word) => /^\d+$/.test(word) && words[words.indexOf(word) - 1]?.startsWith('--') !== true)
  const flags = parseStartFlags(
    words.filter((word) => word !== chosen),
    process.env,
  )
  if (!flags) return console.log(`npm run quickstart -- [NUMBER] [--port N] [--samples-port N]\n${menu()}`)

  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const interrupted = new Promise<'interrupted'>((resolve) => {
    terminal.on('SIGINT', () => resolve('interrupted'))
    process.on('SIGINT', () => resolve('interrupted'))
    process.on('SIGTERM', () => resolve('interrupted'))
  })
  try {
    const scenario = chosen === undefined ? await ask(terminal, interrupted) : find(chosen)
    if (!scenario) return
    await live(scenario, { ...flags, root }, () => Promise.race([terminal.question('Press Enter to clean up and leave. '), interrupted]))
  } finally {
    terminal.close()
  }
}

async function ask(terminal: ReturnType<typeof createInterface>, interrupted: Promise<'interrupted'>): Promise<Scenario | undefined> {
  console.log(menu())
  for (;;) {
    const answer = await Promise.race([terminal.question('Enter the scenario number: '), interrupted])
    if (answer === 'interrupted' || answer.trim() === '' || answer.trim() === 'q') return undefined
    const scenario = find(answer.trim())
    if (scenario) return scenario
    console.log(`There is no scenario ${answer.trim()}; choose one of ${SCENARIOS.map(({ number }) => number).join(', ')}, or q to leave.`)
  }
}

/** A data directory of its own, removed at the end whatever happens: nothing of a scenario reaches the house of `npm start`. */
async function live(scenario: Scenario, options: Parameters<typeof runHouse>[0], untilLeft: () => Promise<unknown>): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'gatehouse-quickstart-'))
  try {
    console.log(`\nsetting up: ${scenario.title} ...`)
    const running = await runHouse({ ...options, data, demo: scenario.seed, seed: undefined, empty: false })
    try {
      console.log(guide(scenario, running.origin, running.samplesOrigin ?? 'http://localhost:8080 (not running: its port is taken)'))
      await untilLeft()
    } finally {
      await running.stop()
    }
  } finally {
    await rm(data, { recursive: true, force: true })
  }
  console.log('\ncleaned up: people, applications, workflows and mails of this scenario are gone')
}

function guide(scenario: Scenario, house: string, samples: string): string {
  const steps = scenario.steps.map(
    (step, index) => [`${index + 1}.`, step.replaceAll('{house}', house).replaceAll('{samples}', samples)] as const,
  )
  return startTable([
    { title: scenario.title, rows: steps },
    { title: 'People (user name / password)', rows: scenario.people },
  ])
}

function menu(): string {
  return startTable([{ title: 'Quick start', rows: SCENARIOS.map(({ number, title }) => [String(number), title] as const) }])
}

function find(text: string): Scenario | undefined {
  return SCENARIOS.find(({ number }) => String(number) === text)
}
