/** `npm run quickstart`: lists the scenarios, sets one up in a house of its own, says what to open and as whom, and leaves nothing behind. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline/promises'
import { BadFlag, isLoopback, parseFlagsAndWords } from '../flags.ts'
import { CannotListen, runHouse } from '../running_house.ts'
import { startTable } from '../start_table.ts'
import { SCENARIOS, type Scenario } from './scenarios.ts'

/** `words`: a scenario's number, to choose it without being asked, and flags as of `npm start` (`--port`, `--samples-port`). */
export async function quickstart(words: readonly string[], root: string): Promise<void> {
  const parsed = parseFlagsAndWords(words, process.env)
  if (!parsed) return console.log(`npm run quickstart -- [NUMBER] [--port N] [--samples-port N]\n${menu()}`)
  const { flags } = parsed
  const [chosen, ...further] = parsed.words
  if (further.length > 0) throw new BadFlag(`one scenario at a time, not ${parsed.words.join(' ')}`)
  if (!isLoopback(flags.host) || !isLoopback(new URL(flags.origin).hostname))
    throw new BadFlag('the people of the quick start have well-known passwords: it runs on a loopback address only')
  if (chosen !== undefined && !find(chosen)) throw new BadFlag(unknownScenario(chosen))

  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const left = whenLeft(terminal)
  try {
    const scenario = chosen === undefined ? await ask(terminal, left) : find(chosen)
    if (!scenario) return
    await live(scenario, { ...flags, root }, () => Promise.race([terminal.question('Press Enter to clean up and leave. '), left]))
  } finally {
    terminal.close()
  }
}

const LEFT = Symbol('left')

/** Ctrl-C, an end from outside, or nobody at the terminal any more: whichever comes, the house is cleaned up. */
function whenLeft(terminal: Interface): Promise<typeof LEFT> {
  return new Promise((resolve) => {
    const leave = () => resolve(LEFT)
    terminal.on('SIGINT', leave)
    terminal.on('close', leave)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, leave)
  })
}

async function ask(terminal: Interface, left: Promise<typeof LEFT>): Promise<Scenario | undefined> {
  console.log(menu())
  for (;;) {
    const answer = await Promise.race([terminal.question('Enter the scenario number: '), left])
    if (answer === LEFT || answer.trim() === '' || answer.trim() === 'q') return undefined
    const scenario = find(answer.trim())
    if (scenario) return scenario
    console.log(`${unknownScenario(answer.trim())}, or q to leave`)
  }
}

/** A data directory of its own, removed at the end whatever happens: nothing of a scenario reaches the house of `npm start`. */
async function live(scenario: Scenario, options: Parameters<typeof runHouse>[0], untilLeft: () => Promise<unknown>): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'gatehouse-quickstart-'))
  try {
    console.log(`\nsetting up: ${scenario.title} ...`)
    const running = await runHouse({ ...options, data, demo: scenario.seeds, seed: undefined, empty: false })
    try {
      if (running.samplesOrigin === undefined)
        throw new CannotListen(
          `Port ${options.samplesPort ?? 8080} is taken, which the sample applications need; choose another: --samples-port N`,
        )
      console.log(guide(scenario, running.origin, running.samplesOrigin))
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
  return (
    startTable([{ title: scenario.title, rows: steps }]) + startTable([{ title: 'People (user name / password)', rows: scenario.people }])
  )
}

function menu(): string {
  return startTable([{ title: 'Quick start', rows: SCENARIOS.map(({ number, title }) => [String(number), title] as const) }])
}

function unknownScenario(text: string): string {
  return `there is no scenario ${text}; choose one of ${SCENARIOS.map(({ number }) => number).join(', ')}`
}

function find(text: string): Scenario | undefined {
  return SCENARIOS.find(({ number }) => String(number) === text)
}
