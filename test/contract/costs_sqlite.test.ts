/** The costs of operations, on the embedded store. */
import { describe } from 'vitest'
import { costsContract } from './costs.contract.ts'

describe('costs on SQLite', () => costsContract((own) => own))
