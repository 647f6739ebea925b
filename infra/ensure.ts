/** The deployment's last step: `operate` makes what must be there before anybody comes (the vault's key, the default tenant), or completes it. */

/** Again whenever its code is another one. Its answer lies in the state, and holds nothing secret. */
export function ensureHouse(operate: sst.aws.Function, table: sst.aws.Dynamo): void {
  new aws.lambda.Invocation(
    'Ensure',
    {
      functionName: operate.name,
      input: JSON.stringify({ action: 'ensure' }),
      triggers: { code: operate.nodes.function.s3Key.apply((key) => key ?? '') },
    },
    { dependsOn: [table.nodes.table, operate.nodes.role] },
  )
}
