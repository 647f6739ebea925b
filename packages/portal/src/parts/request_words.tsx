/** The words for operations, fields and states of requests. */
import type { ShownState } from '@gatehouse/core/my_account.ts'
import { isKey, useWords, type Words } from '../words.tsx'

/** An operation or field that has no words yet is shown under its own name. */
export function operationName({ text }: Words, operation: string): string {
  const { kinds } = text.operations
  return isKey(kinds, operation) ? kinds[operation] : operation.replaceAll('_', ' ')
}

export function fieldName({ text }: Words, name: string): string {
  const { fields } = text.operations
  return isKey(fields, name) ? fields[name] : name.replaceAll('_', ' ')
}

const TONES: Readonly<Record<ShownState, string>> = {
  waiting: 'tone-now',
  approved: 'tone-good',
  rejected: 'tone-bad',
  failed: 'tone-bad',
  expired: '',
  aborted: '',
}

export function StateTag({ state }: { state: ShownState }) {
  const { operations } = useWords().text
  return <span className={`tag ${TONES[state]}`}>{operations.states[state]}</span>
}
