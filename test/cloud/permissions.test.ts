/**
 * The rights of the plan: what a role may do is what its function does. The exercises use each statement; without any one of them an exercise fails. That nothing
 * was refused on the way is what the stories and the exercises themselves show.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeExtra } from '../extras.ts'
import { type CloudHouse, startCloudHouse } from './cloud_house.ts'
import { EXERCISES, exercise } from './exercises/exercises.ts'
import { openScene, type Scene } from './exercises/scene.ts'
import { findBox } from './find_box.ts'

describeExtra('the rights of the plan', findBox(process.env), () => {
  let house: CloudHouse
  let scene: Scene
  /** Exercise -> how long it took, and the statements that allowed something in it. */
  const known = new Map<string, { readonly milliseconds: number; readonly statements: ReadonlySet<string> }>()

  beforeAll(async () => {
    // With a base domain there are all rights that there can be.
    house = await startCloudHouse({ tenants: 'by_host' })
    scene = openScene(house)
    // Every request is traced here, not one in a hundred.
    house.box.world.random = () => 0
  })
  afterAll(() => house?.stop())

  test.each(Object.keys(EXERCISES))('%s, and nothing is refused', async (name) => {
    const { authority, functions, problems } = house.box
    await functions.cool()
    authority.forget()
    const began = performance.now()
    await exercise(scene, name)
    const decisions = authority.decisions()
    known.set(name, { milliseconds: performance.now() - began, statements: new Set(decisions.flatMap(({ verdict }) => verdict.by)) })
    expect(
      decisions.filter(({ verdict }) => !verdict.allowed).map(({ principal, need }) => `${principal} ${need.action} ${need.resource}`),
    ).toEqual([])
    expect(problems()).toEqual([])
  })

  test('each statement of each role and resource is used', () => {
    const used = new Set([...known.values()].flatMap(({ statements }) => [...statements]))
    expect(plannedStatements().filter((id) => !used.has(id))).toEqual([])
  })

  test('without any one statement an exercise fails', async () => {
    const missed: string[] = []
    for (const id of plannedStatements()) if (await survives(id)) missed.push(id)
    expect(missed).toEqual([])
  }, 900_000)

  /** Whether every exercise that used the statement comes out well without it; the quick ones are tried first. */
  async function survives(id: string): Promise<boolean> {
    const users = [...known].filter(([, { statements }]) => statements.has(id)).sort(([, a], [, b]) => a.milliseconds - b.milliseconds)
    for (const [name] of users) if (!(await succeedsWithout(id, name))) return false
    return true
  }

  async function succeedsWithout(id: string, name: string): Promise<boolean> {
    const { box } = house
    await box.functions.cool()
    box.gateway.cache.clear()
    const giveBack = box.authority.withhold([id])
    try {
      await exercise(scene, name)
      return true
    } catch {
      return false
    } finally {
      giveBack()
      box.faults.clear()
    }
  }

  function plannedStatements(): string[] {
    return [...house.box.authority.statements.keys()].filter((id) => !id.startsWith('operator#')).sort()
  }
})
