import { expect, test } from 'vitest'
import { checkTypes } from '../../infra/plan/check_types.ts'
import { describePlans } from './plans.ts'

describePlans('sst.config.ts', () => {
  test("and all that it is made of type-check against the platform's own types", async () => {
    expect(await checkTypes()).toEqual([])
  })
})
