/** What answers people and applications: a function for each part of the address table, and the one that only an operator may call. */

import { openDoor } from '../infra/door.ts'
import { createDoorSecrets } from '../infra/door_secret.ts'
import { DOOR_FUNCTIONS, type DoorFunction } from '../infra/function_table.ts'
import { createDoorFunction, createFunction, type Given } from '../infra/functions.ts'
import type { Foundation } from './foundation.ts'
import type { Web } from './web.ts'

export type Identity = Readonly<Record<DoorFunction | 'operate', sst.aws.Function>>

export function deployIdentity(given: Given, { options }: Foundation, web: Web): Identity {
  const secrets = createDoorSecrets(given.stage)
  const environment = { GATEHOUSE_DOOR_SECRETS: secrets.accepted }
  const ofHosts = { GATEHOUSE_DISTRIBUTION: (web.hosts ?? web.distribution).id, GATEHOUSE_KEY_VALUE_STORE: web.keyValues.arn }
  const door = Object.fromEntries(
    DOOR_FUNCTIONS.map((name) => [
      name,
      createDoorFunction(name, options({ environment: { ...environment, ...(name === 'admin' ? ofHosts : {}) } })),
    ]),
  ) as Record<DoorFunction, sst.aws.Function>
  openDoor(given, web, door, secrets)
  return { ...door, operate: createFunction('operate', options({ environment: { GATEHOUSE_ORIGIN: web.origin } })) }
}
