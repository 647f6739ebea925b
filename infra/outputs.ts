/** What a deployment says of itself, for `gatehouse --stage` and for whoever deploys. Nothing in it is secret. */
import { outputsParameter, type StageOutputs } from '@gatehouse/stage/outputs.ts'

type Outputs = { readonly [K in keyof StageOutputs]: $util.Input<StageOutputs[K]> }

export function writeOutputs(outputs: Outputs): void {
  new aws.ssm.Parameter('Outputs', {
    name: outputsParameter($app.stage),
    type: 'String',
    description: 'What the stage is called and where it answers; read by the gatehouse command line',
    value: $jsonStringify(outputs),
  })
}
