/** Where the plans of the suite are laid, or why there are none. */
import { join } from 'node:path'
import { ROOT } from '../../infra/plan/lay_out_platform.ts'

export const PLANS = join(ROOT, '.build/plans_of_the_suite.json')
/** The platform cannot be had: the tests are skipped. */
export const WHY_NOT = join(ROOT, '.build/plans_of_the_suite.txt')
/** The platform is there, and no plan came of it: the tests fail. */
export const BROKEN = join(ROOT, '.build/plans_of_the_suite.broken.txt')
