/** What a deployment says of itself, for `gatehouse --stage` and for whoever deploys. Nothing in it is secret. */
import { outputsParameter, type StageOutputs } from '@gatehouse/stage/outputs.ts'

/** Known now or later, at any depth. */
type Later<T> = $util.Input<T> | { readonly [K in keyof T]: Later<T[K]> }
type Outputs = { readonly [K in keyof StageOutputs]: Later<StageOutputs[K]> }

export function writeOutputs(outputs: Outputs): void {
  new aws.ssm.Parameter('Outputs', {
    name: outputsParameter($app.stage),
    type: 'String',
    description: 'What the stage is called and where it answers; read by the gatehouse command line',
    value: $jsonStringify(outputs),
  })
}
