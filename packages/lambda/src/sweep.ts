/** The function `sweep`: re-enters requests whose execution died. On a schedule for all tenants, and for one at once when Step Functions tells that its execution ended badly. */
import { parseTask } from './environment.ts'
import { openBackgroundHouse } from './house.ts'
import { openDoorPorts, openWorkflow } from './ports.ts'
import { type SweepEvent, type Swept, sweepHouse } from './sweep_house.ts'

const environment = parseTask(process.env)
const house = openBackgroundHouse(openDoorPorts(environment), environment)
const workflow = openWorkflow(environment)

export const handler = (event: SweepEvent): Promise<Swept> => sweepHouse(house, workflow, event)
