/** The function `operate`: what only the operator of the house may ask of its inside. No address leads here; IAM says who may call it. */
import { parseBackground } from './environment.ts'
import { openBackgroundHouse } from './house.ts'
import { type Operation, operations } from './operations.ts'
import { openDoorPorts } from './ports.ts'

const environment = parseBackground(process.env)
const ports = openDoorPorts(environment)
const operate = operations(openBackgroundHouse(ports, environment), ports.vault)

export const handler = (event: Operation): Promise<Readonly<Record<string, unknown>>> => operate(event)
