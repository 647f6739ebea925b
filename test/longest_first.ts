/** In which order files run: within suites that run together the long ones begin first, so that no worker is left alone with one at the end; and last those that would wait. */
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { LONGEST, SUITES, suiteOf } from './suites.ts'

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const group = ({ project }: TestSpecification) => project.config.sequence.groupOrder
    const rank = ({ moduleId }: TestSpecification) => {
      if (SUITES[suiteOf(moduleId) ?? '']?.waits) return LONGEST.length + 1
      const found = LONGEST.findIndex((name) => moduleId.endsWith(name))
      return found < 0 ? LONGEST.length : found
    }
    return (await super.sort(files)).sort((one, other) => group(one) - group(other) || rank(one) - rank(other))
  }
}
