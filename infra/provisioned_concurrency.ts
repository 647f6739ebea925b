/** The switch `provisioned_concurrency`: the hot functions are kept warm. Their address then leads to an alias; that of the latest version is never warm. */
import type { FunctionName } from './function_table.ts'
import { titleOf } from './functions.ts'

const CONTAINERS = 2

/** Gives the address of the warm alias. */
export function keepWarm(name: FunctionName, made: sst.aws.Function): $util.Output<string> {
  const title = titleOf(name)
  const alias = new aws.lambda.Alias(`${title}Warm`, {
    name: 'warm',
    functionName: made.name,
    functionVersion: made.nodes.function.version,
  })
  new aws.lambda.ProvisionedConcurrencyConfig(`${title}Provisioned`, {
    functionName: made.name,
    qualifier: alias.name,
    provisionedConcurrentExecutions: CONTAINERS,
  })
  for (const [suffix, action] of [
    ['Url', 'lambda:InvokeFunctionUrl'],
    ['', 'lambda:InvokeFunction'],
  ] as const) {
    new aws.lambda.Permission(`${title}WarmInvoke${suffix}`, {
      action,
      function: made.name,
      qualifier: alias.name,
      principal: '*',
      ...(suffix === 'Url' ? { functionUrlAuthType: 'NONE' } : { invokedViaFunctionUrl: true }),
    })
  }
  return new aws.lambda.FunctionUrl(`${title}WarmUrl`, { functionName: made.name, qualifier: alias.name, authorizationType: 'NONE' })
    .functionUrl
}
