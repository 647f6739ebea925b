/** What every Table does, whichever adapter stands behind it. Each part is one question; each test works in a partition of its own. */
import { describe } from 'vitest'
import { conditionsContract } from './table_conditions.ts'
import { contentionContract } from './table_contention.ts'
import { limitsContract } from './table_limits.ts'
import { modelContract } from './table_model.ts'
import { pagesContract } from './table_pages.ts'
import { transactionsContract } from './table_transactions.ts'
import type { Subject } from './table_trial.ts'
import { unitsContract } from './table_units.ts'
import { updatesContract } from './table_updates.ts'

export function tableContract(subject: Subject): void {
  describe('conditions', () => conditionsContract(subject))
  describe('updates', () => updatesContract(subject))
  describe('contention', () => contentionContract(subject))
  describe('pages', () => pagesContract(subject))
  describe('transactions', () => transactionsContract(subject))
  describe('limits', () => limitsContract(subject))
  describe('units', () => unitsContract(subject))
  describe('the model', () => modelContract(subject))
}
