/** Says, where the box is missing, that the stories of `test/e2e` did not run in it, and what would run them. Where it is there, `suites.ts` names the stories themselves. */
import { expect, test } from 'vitest'
import { describeExtra } from '../extras.ts'
import { SUITES } from '../suites.ts'
import { findBox } from './find_box.ts'

describeExtra('the stories in the box', findBox(process.env), () => {
  test('are the very files of test/e2e', () => {
    expect(SUITES.cloud_e2e?.include).toEqual(SUITES.e2e?.include)
  })
})
