/** The bill of a month: counted things times prices, and what a tier of Cognito's costs. Pure. */
import { COGNITO, costOf, PRICES, type PriceName, type Region } from '../prices.ts'

/** How much of each priced thing a month takes; what is absent is none. */
export type Usage = Readonly<Partial<Record<PriceName, number>>>

export type Line = { readonly price: PriceName; readonly amount: number; readonly list: number; readonly billed: number }
export type Bill = {
  readonly lines: readonly Line[]
  /** Without any allowance: what it costs in an account that has used them up. */
  readonly list: number
  /** With AWS's allowances that never end. */
  readonly billed: number
}

export function computeBill(usage: Usage, region: Region): Bill {
  const lines = NAMES.flatMap((price): Line[] => {
    const amount = usage[price] ?? 0
    if (amount === 0) return []
    return [{ price, amount, list: costOf(price, amount, { free: false, region }), billed: costOf(price, amount, { region }) }]
  })
  const sum = (of: 'list' | 'billed') => lines.reduce((total, line) => total + line[of], 0)
  return { lines, list: sum('list'), billed: sum('billed') }
}

const NAMES = Object.keys(PRICES) as PriceName[]

export function addUsage(...parts: readonly Usage[]): Usage {
  const sum: Partial<Record<PriceName, number>> = {}
  for (const part of parts) for (const name of NAMES) if (part[name] !== undefined) sum[name] = (sum[name] ?? 0) + part[name]
  return sum
}

export function cognitoBill(users: number, tier: 'essentials' | 'lite'): number {
  const steps: readonly { readonly from: number; readonly dollars: number }[] = COGNITO[tier]
  return steps.reduce((total, { from, dollars }, index) => {
    const until = Math.min(users, steps[index + 1]?.from ?? Number.POSITIVE_INFINITY)
    return total + Math.max(0, until - from) * dollars
  }, 0)
}
