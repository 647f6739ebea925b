/** The command line `gatehouse`: which words are which command, and what is said of those that are none. */
import {
  activateTenant,
  createTenant,
  inviteAdministrator,
  listTenants,
  rotateKeys,
  signIn,
  signOut,
  suspendTenant,
} from './administration_commands.ts'
import { asBadCommand, BadCommand } from './bad_command.ts'
import { type Command, checkFlags, type FlagName, parseWords } from './command.ts'
import { apply, check, exportConfiguration, schema } from './configuration_commands.ts'
import { doctor } from './doctor_command.ts'
import { addDomain, listDomains, removeDomain, verifyDomain } from './domain_commands.ts'
import { showLogs } from './logs_command.ts'
import { TOKEN_HELP } from './management.ts'
import type { Environment } from './place.ts'
import { findPlace } from './place.ts'
import { replay } from './relay_command.ts'
import { CIRCUMSTANCES, TRY_USAGE, tryScript } from './script_commands.ts'

/** Of commands that speak to the management API. */
const API: readonly FlagName[] = ['issuer', 'stage']
/** Of commands that go around it: by the account's right, or the directory's. */
const INSIDE: readonly FlagName[] = ['data', 'stage']

const COMMANDS: Readonly<Record<string, Command>> = {
  apply: {
    usage: 'apply FILE [--dry-run]',
    does: 'make a house as the file says; prints what changes',
    flags: [...API, 'dry-run'],
    run: apply,
  },
  export: {
    usage: 'export [FILE] [--json]',
    does: 'write what the tenant is as a configuration file',
    flags: [...API, 'json'],
    run: exportConfiguration,
  },
  check: { usage: 'check FILE', does: 'say whether a configuration file is well formed, without a house', flags: [], run: check },
  schema: { usage: 'schema', does: 'print the JSON Schema of configuration files', flags: [], run: schema },
  login: { usage: 'login', does: 'sign in as an administrator', flags: API, run: signIn },
  logout: { usage: 'logout', does: 'forget the login', flags: API, run: signOut },
  'admin invite': { usage: 'admin invite', does: "print the first administrator's link", flags: INSIDE, run: inviteAdministrator },
  'tenant list': { usage: 'tenant list [--json]', does: 'list tenants', flags: [...API, 'json'], run: listTenants },
  'tenant create': { usage: 'tenant create ID [--name TEXT]', does: 'make a tenant', flags: [...API, 'name'], run: createTenant },
  'tenant suspend': { usage: 'tenant suspend ID', does: 'close a tenant; nothing is removed', flags: API, run: suspendTenant },
  'tenant activate': { usage: 'tenant activate ID', does: 'open it again', flags: API, run: activateTenant },
  'domain list': { usage: 'domain list [--json]', does: "list the tenant's own domains", flags: [...API, 'json'], run: listDomains },
  'domain add': { usage: 'domain add HOST', does: 'add one; says which records its DNS has to have', flags: API, run: addDomain },
  'domain verify': { usage: 'domain verify HOST', does: 'look the records up, and go on', flags: API, run: verifyDomain },
  'domain remove': { usage: 'domain remove HOST', does: 'close it', flags: API, run: removeDomain },
  'key rotate': { usage: 'key rotate', does: 'begin the rotation of the signing keys', flags: API, run: rotateKeys },
  'script try': {
    usage: TRY_USAGE,
    does: "what an adaptive script, or a template of WSO2's, would do; nothing is done",
    flags: [...API, 'user', 'application', ...CIRCUMSTANCES, 'json'],
    run: tryScript,
  },
  logs: {
    usage: 'logs [--function F] [--since 15m] [--tenant T] [--follow] [--json]',
    does: 'read the log',
    flags: [...INSIDE, 'function', 'since', 'tenant', 'follow', 'json'],
    run: showLogs,
  },
  'relay replay': {
    usage: 'relay replay --from TIME',
    does: 'handle again the events that failed since then',
    flags: [...INSIDE, 'from'],
    run: replay,
  },
  doctor: { usage: 'doctor [--json]', does: 'ask everything that can be wrong; says what to do', flags: [...INSIDE, 'json'], run: doctor },
}

/** What a command was called before. */
const RENAMED: Readonly<Record<string, string>> = { 'rotate-keys': 'key rotate' }

export const COMMAND_HELP = `Usage: npm run gatehouse -- COMMAND [--stage NAME]

${Object.values(COMMANDS)
  .map(({ usage, does }) => (usage.length > 32 ? `  ${usage}\n${' '.repeat(35)}${does}` : `  ${usage.padEnd(33)}${does}`))
  .join('\n')}

  --stage NAME     a stage of the cloud; account and region are AWS's own AWS_PROFILE and AWS_REGION
  --issuer URL     the tenant to speak to (default http://localhost:9443/t/main, or GATEHOUSE_ISSUER)
  --data DIR       the data directory of a house of this machine (default .gatehouse, or GATEHOUSE_DATA)

${TOKEN_HELP}
`

export async function runCommand(words: readonly string[], environment: Environment, say: (line: string) => void): Promise<void> {
  const { flags, words: given } = parseWords(words)
  if (flags.help || given.length === 0) return say(COMMAND_HELP)
  const name = nameOf(given)
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) throw new BadCommand(noCommand(given))
  checkFlags(name, command, flags)
  const place = findPlace(flags, environment)
  try {
    await command.run({ words: given.slice(name.split(' ').length), flags, environment, place, say })
  } catch (error) {
    const issuer = place.knownIssuer()
    throw issuer === undefined ? error : asBadCommand(error, issuer)
  }
}

/** The longest beginning that is a command: `tenant list` before `tenant`. */
function nameOf(words: readonly string[]): string {
  const two = words.slice(0, 2).join(' ')
  return Object.hasOwn(COMMANDS, two) ? two : (words[0] ?? '')
}

function noCommand([first = '', second]: readonly string[]): string {
  const now = Object.hasOwn(RENAMED, first) ? RENAMED[first] : undefined
  if (now !== undefined) return `"${first}" is now "${now}": npm run gatehouse -- ${now}`
  const family = Object.keys(COMMANDS).filter((name) => name.startsWith(`${first} `))
  if (family.length > 0)
    return `${second === undefined ? `"${first}" what` : `there is no command "${first} ${second}"`}; there is ${family.join(', ')}`
  return `there is no command "${first}"; npm run gatehouse -- --help lists them`
}
