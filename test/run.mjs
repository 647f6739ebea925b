/**
 * `npm test`: runs the suites of `suites.ts` and ends with `N passed, N failed, N skipped`.
 * `npm test -- e2e` runs one suite, `npm test -- packages/core` the files under a path, `-t "some words"` the tests so named;
 * `--slowest` says which files took longest.
 * Plain JavaScript without imports that need Node 24, so that an older Node can still say what is missing.
 */
import { withPinnedNode } from '../packages/local/pinned_node.mjs'

const NO_REASON = 'NO REASON GIVEN, so it counts as failed: say why, and which variable would run it'

if (withPinnedNode(import.meta.url)) process.exitCode = await runTests(process.argv.slice(2))

async function runTests(words) {
  const { SUITES, suiteOf, suitesWith } = await import('./suites.ts')
  const { startVitest } = await import('vitest/node')
  const asked = parseWords(words, SUITES)
  const suites = asked.suites.length > 0 ? asked.suites : suitesWith(asked.paths)
  if (suites.length > 0) process.env.GATEHOUSE_SUITES = suites.join(',')
  const began = Date.now()

  const vitest = await startVitest('test', asked.paths, {
    watch: false,
    run: true,
    reporters: asked.verbose ? ['verbose'] : ['default'],
    ...(asked.testNamePattern && { testNamePattern: asked.testNamePattern }),
  })
  const modules = vitest.state.getTestModules()
  const unhandled = vitest.state.getUnhandledErrors().length
  const nameOf = ({ project, moduleId }) => (Object.hasOwn(SUITES, project.name) ? project.name : suiteOf(moduleId))
  const results = modules.map((module) => tally(module, nameOf(module), asked.testNamePattern !== undefined))
  await vitest.close()

  console.log(suiteTable(results, SUITES))
  if (asked.slowest) console.log(slowestTable(modules, nameOf))
  const refuseSkips = process.env.GATEHOUSE_REQUIRE_EXTRAS === '1'
  const skips = results.flatMap((result) => result.skips)
  for (const skip of skips) console.log(`skipped: ${skip.name}\n         ${skip.reason ?? NO_REASON}`)
  if (skips.length > 0 && refuseSkips) console.log('GATEHOUSE_REQUIRE_EXTRAS=1: a skipped test is a failure')
  console.log(`in ${Math.round((Date.now() - began) / 1000)} s\n`)

  const { passed, failed, skipped } = sum(results)
  const refused = skips.filter((skip) => refuseSkips || skip.reason === undefined).length
  const red = failed + unhandled + refused
  // nothing ran, or vitest itself saw red where no test did (a suite's set-up that failed)
  const silent = red === 0 && (passed === 0 || process.exitCode === 1) ? 1 : 0
  if (silent && passed === 0) console.log(`no test ran for: npm test ${words.join(' ')}`)
  console.log(`${passed} passed, ${red + silent} failed, ${skipped - refused} skipped`)
  return red + silent > 0 ? 1 : 0
}

function parseWords(words, suites) {
  const asked = { suites: [], paths: [], testNamePattern: undefined, verbose: false, slowest: false }
  for (let i = 0; i < words.length; i++) {
    const word = words[i]
    if (word === '-t') asked.testNamePattern = words[++i]
    else if (word === '--verbose') asked.verbose = true
    else if (word === '--slowest') asked.slowest = true
    else if (Object.hasOwn(suites, word)) asked.suites.push(word)
    else asked.paths.push(word)
  }
  return asked
}

/** A module that could not be loaded, and a suite whose hook failed, count as one failure each: no red may hide behind a zero. */
function tally(module, suite, filteredByName) {
  const tests = [...module.children.allTests()]
  const state = (wanted) => tests.filter((test) => test.result().state === wanted)
  const brokenSuites = [module, ...module.children.allSuites()].filter((suite) => suite.errors().length > 0).length
  const skipped = filteredByName ? [] : state('skipped')
  return {
    suite,
    passed: state('passed').length,
    failed: state('failed').length + brokenSuites,
    skipped: skipped.length,
    skips: skipped.map((test) => ({ name: `${module.relativeModuleId} > ${test.fullName}`, reason: test.result().note })),
  }
}

function sum(results) {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const result of results) for (const key of Object.keys(total)) total[key] += result[key]
  return total
}

function suiteTable(results, suites) {
  const lines = Object.entries(suites).map(([name, suite]) => {
    const of = results.filter((result) => result.suite === name)
    const { passed, failed, skipped } = sum(of)
    const numbers = of.length === 0 ? 'not run' : `${passed} passed, ${failed} failed, ${skipped} skipped`
    return `  ${name.padEnd(13)}${numbers.padEnd(36)}${suite.what}`
  })
  return ['', ...lines, ''].join('\n')
}

/** What each file took: its imports, its tests and hooks. */
function slowestTable(modules, nameOf) {
  const rows = modules.map((module) => {
    const { collectDuration, duration } = module.diagnostic()
    return { name: `${nameOf(module)} ${module.relativeModuleId}`, imports: collectDuration, tests: duration }
  })
  rows.sort((one, other) => other.imports + other.tests - one.imports - one.tests)
  const seconds = (milliseconds) => (milliseconds / 1000).toFixed(1).padStart(7)
  const lines = rows.slice(0, 40).map((row) => `${seconds(row.imports)}${seconds(row.tests)}  ${row.name}`)
  return ['imports  tests  (seconds)', ...lines, ''].join('\n')
}
