/** Calls a function of a stage directly, as only the account's own principals may. */
import { clientSettings } from './clients.ts'
import type { StageOutputs } from './outputs.ts'
import { asking, StageRefusal } from './refusal.ts'

/** What the function answers, parsed. Throws `StageRefusal` when it failed: with its message, never with what it was given. */
export async function invoke(outputs: StageOutputs, name: string, payload: unknown): Promise<unknown> {
  const found = outputs.functions[name]
  if (!found)
    throw new StageRefusal(`the stage "${outputs.stage}" has no function "${name}"; it has ${Object.keys(outputs.functions).join(', ')}`)
  const { LambdaClient, InvokeCommand } = await import('@aws-sdk/client-lambda')
  // A call that was answered late has taken place: it is not made a second time.
  const client = new LambdaClient({ ...clientSettings(outputs.region), maxAttempts: 1 })
  try {
    const answer = await asking(`call the function ${found.name}`, () =>
      client.send(new InvokeCommand({ FunctionName: found.name, Payload: Buffer.from(JSON.stringify(payload)) })),
    )
    const said: unknown = answer.Payload?.length ? JSON.parse(Buffer.from(answer.Payload).toString('utf8')) : undefined
    if (answer.FunctionError !== undefined)
      throw new StageRefusal(`${name} failed: ${messageOf(said)}; "gatehouse logs --stage ${outputs.stage} --function ${name}" says more`)
    return said
  } finally {
    client.destroy()
  }
}

function messageOf(said: unknown): string {
  if (said !== null && typeof said === 'object' && 'errorMessage' in said) return String(said.errorMessage)
  return 'without a message'
}
