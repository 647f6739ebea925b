/** What answers people and applications: a function for each part of the address table, and the one that only an operator may call. */

import { openDoor } from '../infra/door.ts'
import { createDoorSecrets } from '../infra/door_secret.ts'
import { DOOR_FUNCTIONS, type DoorFunction } from '../infra/function_table.ts'
import { createDoorFunction, createFunction, type Environment, type Given } from '../infra/functions.ts'
import type { Arns } from '../infra/grants.ts'
import { globalArnOf } from '../infra/names.ts'
import type { Foundation } from './foundation.ts'
import type { Web } from './web.ts'

export type Identity = Readonly<Record<DoorFunction | 'operate', sst.aws.Function>>

export function deployIdentity(given: Given, { options }: Foundation, web: Web): Identity {
  const secrets = createDoorSecrets(given.stage)
  const environment = { GATEHOUSE_DOOR_SECRETS: secrets.accepted }
  const door = Object.fromEntries(
    DOOR_FUNCTIONS.map((name) => [
      name,
      createDoorFunction(name, options(name === 'admin' ? withHosts(environment, web) : { environment })),
    ]),
  ) as Record<DoorFunction, sst.aws.Function>
  openDoor(given, web, door, secrets)
  return { ...door, operate: createFunction('operate', options({ environment: { GATEHOUSE_ORIGIN: web.origin } })) }
}

/** What the administration needs to let tenants have hosts of their own; a stage without a domain has one host only. */
function withHosts(environment: Environment, { hosts, hostsGroup, keyValues }: Web): { arns?: Arns; environment: Environment } {
  if (!hosts || !hostsGroup) return { environment }
  return {
    arns: { hosts: [hosts.arn, hostsGroup.arn, globalArnOf('cloudfront', 'distribution-tenant/*')], host_values: [keyValues.arn] },
    environment: {
      ...environment,
      GATEHOUSE_DISTRIBUTION: hosts.id,
      GATEHOUSE_CONNECTION_GROUP: hostsGroup.id,
      GATEHOUSE_HOSTS_TARGET: hostsGroup.routingEndpoint,
      GATEHOUSE_KEY_VALUE_STORE: keyValues.arn,
    },
  }
}
