/** What a deployer says of their own: domains, addresses. Read from the environment, which sst fills from `.env` and `.env.<stage>`. */
import { CERTIFICATE_LABEL } from '@gatehouse/core/ids.ts'
import type { Switch } from './stages.ts'

export type Settings = {
  /** Tenants live at `{tenant}.{baseDomain}`. Without one the house answers at the address that CloudFront generates. */
  readonly baseDomain: string | undefined
  /** Browsers show certificates at this host, `mtls.{baseDomain}`; without a base domain, or where a deployer wants none, nowhere. */
  readonly certificateHost: string | undefined
  /** The zone of Route 53 in which the records are made; that of the base domain unless said otherwise. */
  readonly hostedZone: string | undefined
  /** Mail comes from `no-reply@` this; the base domain unless said otherwise. */
  readonly mailDomain: string | undefined
  /** Who is told of alarms. */
  readonly alarmMail: string | undefined
  readonly textSender: string | undefined
  /** ISO 3166-1 alpha-2; text messages go nowhere else. */
  readonly textCountries: string
  readonly switches: readonly Switch[]
  /** Of the switch `vpc`: subnets and security groups that exist. */
  readonly vpc: { readonly subnets: string[]; readonly securityGroups: string[] }
  /** Of the switch `replicas`. */
  readonly replicaRegion: string
}

export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const text = (name: string): string | undefined => environment[name]?.trim() || undefined
  const list = (name: string): string[] =>
    (text(name) ?? '')
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean)
  const baseDomain = text('GATEHOUSE_BASE_DOMAIN')?.toLowerCase()
  return {
    baseDomain,
    certificateHost: baseDomain && isOn(text, 'GATEHOUSE_CLIENT_CERTIFICATES') ? `${CERTIFICATE_LABEL}.${baseDomain}` : undefined,
    hostedZone: text('GATEHOUSE_HOSTED_ZONE') ?? baseDomain,
    mailDomain: text('GATEHOUSE_MAIL_DOMAIN') ?? baseDomain,
    alarmMail: text('GATEHOUSE_ALARM_MAIL'),
    textSender: text('GATEHOUSE_TEXT_SENDER'),
    textCountries: list('GATEHOUSE_TEXT_COUNTRIES').join(','),
    switches: list('GATEHOUSE_SWITCHES').map(parseSwitch),
    vpc: { subnets: list('GATEHOUSE_VPC_SUBNETS'), securityGroups: list('GATEHOUSE_VPC_SECURITY_GROUPS') },
    replicaRegion: text('GATEHOUSE_REPLICA_REGION') ?? 'eu-west-1',
  }
}

/** On unless said otherwise. */
function isOn(text: (name: string) => string | undefined, name: string): boolean {
  const said = text(name) ?? 'on'
  if (said !== 'on' && said !== 'off') throw new Error(`${name} is "${said}"; it is on or off`)
  return said === 'on'
}

const SWITCHES: readonly Switch[] = ['waf', 'vpc', 'provisioned_concurrency', 'replicas']

function parseSwitch(word: string): Switch {
  const found = SWITCHES.find((known) => known === word)
  if (!found) throw new Error(`GATEHOUSE_SWITCHES has "${word}"; there are ${SWITCHES.join(', ')}`)
  return found
}
