/** Functions, and what calls them: mappings, rules, the state machine, as the plan has them. */
import { join } from 'node:path'
import type { FunctionDefinition } from '../functions/functions.ts'
import type { Rule } from '../sources/event_bus.ts'
import type { MachineDefinition } from '../sources/executions.ts'
import type { Mapping } from '../sources/mapping.ts'
import { functionArn } from './policies.ts'
import { blockOf, type Fields, fieldsOf, listOf, optionalText, type Plan, type PlannedResource, resourcesOf, textOf } from './resources.ts'

export function readFunctions(
  plan: Plan,
  { bundles, region, account }: { bundles: string; region: string; account: string },
): FunctionDefinition[] {
  return resourcesOf(plan, 'function').map((resource) => {
    const fields = fieldsOf(resource)
    const name = bundleName(resource)
    const folder = join(bundles, name)
    const group = String(blockOf(fields, 'loggingConfig').logGroup ?? `/aws/lambda/${textOf(resource, 'name')}`)
    return {
      name,
      arn: textOf(resource, 'arn'),
      roleArn: textOf(resource, 'role'),
      folder,
      bundle: join(folder, 'index.mjs'),
      timeoutSeconds: Number(fields.timeout ?? 3),
      memoryMegabytes: Number(fields.memorySize ?? 128),
      environment: blockOf(blockOf(fields, 'environment'), 'variables') as Readonly<Record<string, string>>,
      logGroup: { name: group, arn: `arn:aws:logs:${region}:${account}:log-group:${group}` },
    }
  })
}

/** `TokenFunction` is made of the bundle `token`. */
function bundleName({ name }: PlannedResource): string {
  return name.replace(/Function$/, '').toLowerCase()
}

export function readMappings(plan: Plan): Mapping[] {
  return resourcesOf(plan, 'mapping').map((resource) => {
    const fields = fieldsOf(resource)
    const filters = listOf(blockOf(fields, 'filterCriteria'), 'filters').map((filter) => JSON.parse(String((filter as Fields).pattern)))
    const retries = Number(fields.maximumRetryAttempts ?? -1)
    return {
      uuid: optionalText(resource, 'uuid') ?? resource.id,
      sourceArn: textOf(resource, 'eventSourceArn'),
      functionArn: functionArn(plan, { functionName: fields.functionName }),
      batchSize: Number(fields.batchSize ?? (textOf(resource, 'eventSourceArn').includes(':sqs:') ? 10 : 100)),
      filters,
      reportsItems: listOf(fields, 'functionResponseTypes').includes('ReportBatchItemFailures'),
      bisects: fields.bisectBatchOnFunctionError === true,
      retries: retries < 0 ? Number.POSITIVE_INFINITY : retries,
      onFailure: blockOf(blockOf(fields, 'destinationConfig'), 'onFailure').destinationArn as string | undefined,
    }
  })
}

export function readRules(plan: Plan): Rule[] {
  const targets = resourcesOf(plan, 'target')
  return resourcesOf(plan, 'rule').map((rule) => {
    const pattern = optionalText(rule, 'eventPattern')
    return {
      arn: textOf(rule, 'arn'),
      pattern: pattern === undefined ? undefined : JSON.parse(pattern),
      schedule: optionalText(rule, 'scheduleExpression'),
      targets: targets
        .filter((target) => [rule.id, textOf(rule, 'name')].includes(textOf(target, 'rule')))
        .map((target) => ({
          functionArn: functionArn(plan, { functionName: textOf(target, 'arn') }),
          input: optionalText(target, 'input'),
        })),
    }
  })
}

export function readMachines(plan: Plan): MachineDefinition[] {
  return resourcesOf(plan, 'machine').map((machine) => ({
    arn: textOf(machine, 'arn'),
    name: textOf(machine, 'name'),
    roleArn: textOf(machine, 'roleArn'),
    definition: textOf(machine, 'definition'),
    logs: !['OFF', undefined].includes(blockOf(fieldsOf(machine), 'loggingConfiguration').level as string | undefined),
  }))
}
