/** What every function behind the front door is: its environment, its ports, and the door to its one app. */
import type { Apps } from '@gatehouse/http/front.ts'
import type { House } from '@gatehouse/http/house.ts'
import { type Door, type DoorOptions, openDoor } from './door.ts'
import { parseDoor } from './environment.ts'
import { openHouse } from './house.ts'
import { openDoorPorts } from './ports.ts'

/** `own`: what this function has beside the others. */
export function doorFunction(
  apps: Partial<Apps>,
  { certificates, ...own }: Pick<House, 'portal' | 'domains'> & Pick<DoorOptions, 'certificates'> = {},
): Door {
  const environment = parseDoor(process.env)
  const ports = openDoorPorts(environment)
  // While Lambda still starts the function: the first request then finds the key there.
  ports.vault.warm()
  const house = { ...openHouse(ports), ...own }
  const { doorSecrets: secrets, baseDomain, certificateOrigin } = environment
  return openDoor({ house, apps, secrets, baseDomain, certificateOrigin, ...(certificates ? { certificates } : {}) })
}
