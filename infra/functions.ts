/** The functions, out of the table: the sst component, our own bundle, and a role with the rights of its row. */
import { type DoorFunction, FUNCTION_TABLE, type FunctionName, KEPT_WARM } from './function_table.ts'
import { type Arns, LAMBDA_ONLY, rolePolicy } from './grants.ts'
import { named } from './names.ts'
import type { Settings } from './settings.ts'
import type { Stage } from './stages.ts'

export type Environment = Readonly<Record<string, $util.Input<string> | undefined>>

/** The stage, and what its deployer says. */
export type Given = { readonly stage: Stage; readonly settings: Settings }

export type FunctionOptions = Given & { readonly arns: Arns; readonly environment: Environment }

/** Pulumi's name: `TokenFunction` and the like hang below it. */
export function titleOf(name: FunctionName): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

export function createFunction(name: FunctionName, options: FunctionOptions, isDoor = false): sst.aws.Function {
  const { stage, settings, arns } = options
  const row = FUNCTION_TABLE[name]
  const inVpc = isOn('vpc', options)
  const environment = present({ GATEHOUSE_STAGE: $app.stage, ...options.environment })
  return new sst.aws.Function(titleOf(name), {
    name: named(name),
    description: `Gatehouse, ${$app.stage}: ${name}`,
    ...(($dev ? sourceOf(name) : bundleOf(name)) satisfies Pick<sst.aws.FunctionArgs, 'handler'>),
    runtime: 'nodejs24.x',
    architecture: 'arm64',
    memory: `${row.megabytes} MB`,
    timeout: `${row.seconds} seconds`,
    logging: { format: 'json', retention: stage.logs },
    environment,
    // a version is what provisioned concurrency is for
    versioning: isOn('provisioned_concurrency', options) && KEPT_WARM.includes(name),
    ...(isDoor ? { url: { authorization: 'none', cors: false } } : {}),
    ...(inVpc ? { vpc: { privateSubnets: settings.vpc.subnets, securityGroups: settings.vpc.securityGroups } } : {}),
    transform: {
      role(role) {
        role.name = named(name)
        const own = { name: 'house', policy: rolePolicy(name, arns, inVpc) }
        // while `sst dev` runs, the code on the developer's machine assumes the role, and hears of requests with sst's own rights
        if ($dev) role.inlinePolicies = $output(role.inlinePolicies).apply((given) => [...(given ?? []), own])
        else Object.assign(role, { assumeRolePolicy: LAMBDA_ONLY, managedPolicyArns: [], inlinePolicies: [own] })
      },
      function(made) {
        // traces are begun at the front door, for one request in a hundred: see viewer_request.ts
        made.tracingConfig = { mode: 'PassThrough' }
        // Lambda's own lines only of calls that went wrong: those of every start and end would be most of the log
        made.loggingConfig = $output(made.loggingConfig).apply((logging) => ({ logFormat: 'JSON', ...logging, systemLogLevel: 'WARN' }))
        if (!$dev) made.environment = { variables: environment }
      },
    },
  })
}

export function createDoorFunction(name: DoorFunction, options: FunctionOptions): sst.aws.Function {
  return createFunction(name, options, true)
}

export function isOn(one: Stage['switches'][number], { stage, settings }: Given): boolean {
  return stage.switches.includes(one) || settings.switches.includes(one)
}

function bundleOf(name: FunctionName) {
  return { handler: 'index.handler', bundle: `${$cli.paths.root}/.build/lambda/${name}` }
}

/** `sst dev` builds from the source, again at each change. */
function sourceOf(name: FunctionName) {
  return { handler: `packages/lambda/src/${name}.handler`, nodejs: { install: ['@node-rs/argon2'] } }
}

function present(environment: Environment): Record<string, $util.Input<string>> {
  return Object.fromEntries(Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}
