/** Where the house is reached: the front door, its domain, and the files that are the same for all. */
import { createAssets, letDistributionsRead } from '../infra/assets.ts'
import { createCertificate, pointDomainAt } from '../infra/certificate.ts'
import { createDoor, type Door } from '../infra/door.ts'
import { createFirewall } from '../infra/firewall.ts'
import { type Given, isOn } from '../infra/functions.ts'

export type Web = Door & { readonly origin: $util.Output<string> }

export function deployWeb(given: Given): Web {
  const { settings } = given
  const assets = createAssets()
  const door = createDoor({
    settings,
    assets,
    certificate: createCertificate(settings),
    firewall: isOn('waf', given) ? createFirewall() : undefined,
  })
  letDistributionsRead(assets, [door.distribution.arn, ...(door.hosts ? [door.hosts.arn] : [])])
  pointDomainAt(door, settings)
  const host = settings.baseDomain ? $output(settings.baseDomain) : door.distribution.domainName
  return { ...door, origin: $interpolate`https://${host}` }
}
