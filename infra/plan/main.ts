/** `npm run plan [-- --stage S]`: computes the plan and prints what is in it. */
import { parseArgs } from 'node:util'
import { computePlan } from './compute_plan.ts'

const { values } = parseArgs({ options: { stage: { type: 'string', default: 'production' } } })
const began = Date.now()
const plan = await computePlan({ stage: values.stage })
const width = Math.max(...plan.resources.map(({ type }) => type.length))
for (const { type, name } of plan.resources) console.log(`${type.padEnd(width)}  ${name}`)
console.log(`\n${plan.resources.length} resources, computed in ${((Date.now() - began) / 1000).toFixed(1)} s`)
