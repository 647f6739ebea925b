/** The environment of a function, read once at its start into complete types. What is missing or wrong is told in one sentence each, all at once. */
import { isOrigin } from './origin.ts'

export type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string | undefined }
export const SERVICES = ['DYNAMODB', 'KMS', 'SSM', 'SQS', 'SFN', 'SESV2', 'SNS', 'S3', 'CLOUDFRONT', 'CLOUDFRONT_KEYVALUESTORE'] as const
export type Service = (typeof SERVICES)[number]

export type Aws = {
  readonly region: string
  readonly credentials: Credentials
  /** In place of AWS's own: `AWS_ENDPOINT_URL_<SERVICE>`, or `AWS_ENDPOINT_URL` for all. */
  readonly endpoints: { readonly [S in Service]?: string }
}

/** What every function has. */
export type Base = { readonly stage: string; readonly functionName: string; readonly aws: Aws; readonly table: string }
export type Vault = { readonly kind: 'kms'; readonly keyArn: string } | { readonly kind: 'ssm'; readonly parameterName: string }
/** What opens tenants. `baseDomain`: tenants have hosts of their own below it; `certificateOrigin`: there browsers are asked for a client certificate. */
export type Housed = Base & {
  readonly vault: Vault
  readonly baseDomain: string | undefined
  readonly certificateOrigin: string | undefined
}
export type Door = Housed & { readonly doorSecrets: readonly string[] }
/** What lets tenants have hosts of their own. */
export type Hosts = {
  readonly distribution: string
  readonly connectionGroup: string
  /** Where their CNAME records lead. */
  readonly target: string
  readonly keyValueStore: string
}
export type Admin = Door & { readonly hosts: Hosts | undefined }
/** Without a request that says where the house is. */
export type Background = Housed & { readonly origin: string }
export type Task = Background & { readonly stateMachine: string }
export type Relay = Task & {
  readonly messageQueue: string
  readonly mailDomain: string | undefined
  readonly failuresBucket: string | undefined
}
export type Deliver = Base & {
  readonly mailConfigurationSet: string | undefined
  readonly textSender: string | undefined
  /** ISO 3166-1 alpha-2. */
  readonly textCountries: readonly string[]
}

type Variables = Readonly<Record<string, string | undefined>>

export const parseDoor = (variables: Variables): Door => complete(variables, door)

export const parseAdmin = (variables: Variables): Admin =>
  complete(variables, (read) => ({ ...door(read), hosts: read.optional('GATEHOUSE_DISTRIBUTION') === undefined ? undefined : hosts(read) }))

export const parseBackground = (variables: Variables): Background => complete(variables, background)

export const parseTask = (variables: Variables): Task => complete(variables, task)

export const parseRelay = (variables: Variables): Relay =>
  complete(variables, (read) => ({
    ...task(read),
    messageQueue: read.text('GATEHOUSE_MESSAGE_QUEUE', isUrl, 'the URL of a queue'),
    mailDomain: read.optional('GATEHOUSE_MAIL_DOMAIN'),
    failuresBucket: read.optional('GATEHOUSE_FAILURES_BUCKET'),
  }))

export const parseDeliver = (variables: Variables): Deliver =>
  complete(variables, (read) => ({
    ...base(read),
    mailConfigurationSet: read.optional('GATEHOUSE_MAIL_CONFIGURATION_SET'),
    textSender: read.optional('GATEHOUSE_TEXT_SENDER'),
    textCountries: read.list(
      'GATEHOUSE_TEXT_COUNTRIES',
      (code) => /^[A-Z]{2}$/.test(code),
      'country codes of two letters, as DE,FR',
      0,
      250,
    ),
  }))

export class EnvironmentRefused extends Error {
  override readonly name = 'EnvironmentRefused'
}

const housed = (read: Reader): Housed => ({
  ...base(read),
  vault: parseVault(read.text('GATEHOUSE_VAULT', (text) => /^(kms:arn:|ssm:).+/.test(text), 'kms:<key arn> or ssm:<parameter name>')),
  baseDomain: read.optional('GATEHOUSE_BASE_DOMAIN'),
  certificateOrigin: read.optional('GATEHOUSE_CERTIFICATE_ORIGIN'),
})

const door = (read: Reader): Door => ({
  ...housed(read),
  doorSecrets: read.list('GATEHOUSE_DOOR_SECRETS', isSecret, 'one or two values of at least 32 characters', 1, 2),
})

const hosts = (read: Reader): Hosts => ({
  distribution: read.text('GATEHOUSE_DISTRIBUTION'),
  connectionGroup: read.text('GATEHOUSE_CONNECTION_GROUP'),
  target: read.text('GATEHOUSE_HOSTS_TARGET'),
  keyValueStore: read.text('GATEHOUSE_KEY_VALUE_STORE', (text) => text.startsWith('arn:'), 'the ARN of a key-value store'),
})

const background = (read: Reader): Background => ({
  ...housed(read),
  origin: read.text('GATEHOUSE_ORIGIN', isOrigin, 'the origin of the house, as https://id.example.com'),
})

const task = (read: Reader): Task => ({
  ...background(read),
  stateMachine: read.text('GATEHOUSE_STATE_MACHINE', (text) => text.includes(':stateMachine:'), 'the ARN of a state machine'),
})

function base(read: Reader): Base {
  const everywhere = read.optional('AWS_ENDPOINT_URL')
  const endpoints = SERVICES.map((service) => [service, read.optional(`AWS_ENDPOINT_URL_${service}`) ?? everywhere] as const)
  return {
    stage: read.text('GATEHOUSE_STAGE'),
    functionName: read.optional('AWS_LAMBDA_FUNCTION_NAME') ?? 'function',
    table: read.text('GATEHOUSE_TABLE'),
    aws: {
      region: read.text('AWS_REGION'),
      credentials: {
        accessKeyId: read.text('AWS_ACCESS_KEY_ID'),
        secretAccessKey: read.text('AWS_SECRET_ACCESS_KEY'),
        sessionToken: read.optional('AWS_SESSION_TOKEN'),
      },
      endpoints: Object.fromEntries(endpoints.filter(([, url]) => url !== undefined)),
    },
  }
}

function parseVault(text: string): Vault {
  const rest = text.slice(text.indexOf(':') + 1)
  return text.startsWith('kms:') ? { kind: 'kms', keyArn: rest } : { kind: 'ssm', parameterName: rest }
}

type Check = (text: string) => boolean
type Reader = {
  text(name: string, check?: Check, expected?: string): string
  optional(name: string): string | undefined
  list(name: string, check: Check, expected: string, least: number, most: number): readonly string[]
}

/** Secrets stand in some of the values, so no sentence repeats one. */
function complete<T>(variables: Variables, parse: (read: Reader) => T): T {
  const wrong: string[] = []
  const optional = (name: string): string | undefined => variables[name]?.trim() || undefined
  const parsed = parse({
    optional,
    text(name, check = () => true, expected = '') {
      const found = optional(name)
      if (found === undefined) wrong.push(`${name} is not set${expected && ` (${expected})`}`)
      else if (!check(found)) wrong.push(`${name} is not ${expected}`)
      return found ?? ''
    },
    list(name, check, expected, least, most) {
      const found = (optional(name) ?? '')
        .split(',')
        .map((text) => text.trim())
        .filter((text) => text !== '')
      if (found.length < least || found.length > most || !found.every(check)) wrong.push(`${name} is not ${expected}`)
      return found
    },
  })
  if (wrong.length > 0) throw new EnvironmentRefused(`The function cannot start: ${wrong.join('; ')}.`)
  return parsed
}

function isSecret(text: string): boolean {
  return text.length >= 32
}

function isUrl(text: string): boolean {
  return URL.canParse(text)
}
