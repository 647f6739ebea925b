/** Finds a stage by its name: the parameter that its deployment wrote, read with the operator's credentials. */
import { z } from 'zod'
import { clientSettings } from './clients.ts'
import { outputsParameter, type StageOutputs } from './outputs.ts'
import { asking, StageRefusal } from './refusal.ts'

const text = z.string().min(1)

/** Fields that a newer deployment adds are ignored. */
const outputsSchema = z.object({
  stage: text,
  region: text,
  origin: z.url({ protocol: /^https?$/ }),
  issuer: z.url({ protocol: /^https?$/ }),
  table: text,
  functions: z.record(text, z.object({ name: text, logGroup: text })),
  distribution: text,
  hostsDistribution: text.optional(),
  certificateOrigin: z.url({ protocol: /^https?$/ }).optional(),
  certificatesDistribution: text.optional(),
  stateMachine: text,
  deadLetterQueues: z.record(text, text),
  failuresBucket: text,
  alarmPrefix: text,
  baseDomain: text.optional(),
  mailDomain: text.optional(),
  textSender: text.optional(),
  doorSecretSince: z
    .string()
    .refine((date) => !Number.isNaN(Date.parse(date)))
    .optional(),
}) satisfies z.ZodType<StageOutputs>

export async function findStage(stage: string): Promise<StageOutputs> {
  if (!/^[A-Za-z0-9-]{1,64}$/.test(stage)) throw new StageRefusal(`a stage's name is letters, digits and hyphens, not "${stage}"`)
  const { SSMClient, GetParameterCommand } = await import('@aws-sdk/client-ssm')
  const client = new SSMClient(clientSettings())
  try {
    const answer = await asking(`read the parameter ${outputsParameter(stage)}`, () =>
      client.send(new GetParameterCommand({ Name: outputsParameter(stage) })),
    )
    return parseOutputs(stage, answer.Parameter?.Value ?? '')
  } catch (error) {
    if (!(error instanceof StageRefusal) || error.code !== 'ParameterNotFound') throw error
    const region = await client.config.region()
    throw new StageRefusal(
      `there is no stage "${stage}" in ${region} of this account: deploy it with "npx sst deploy --stage ${stage}", or look at AWS_PROFILE and AWS_REGION`,
      { code: 'ParameterNotFound', cause: error },
    )
  } finally {
    client.destroy()
  }
}

function parseOutputs(stage: string, value: string): StageOutputs {
  const parsed = outputsSchema.safeParse(json(value))
  if (parsed.success && parsed.data.stage === stage) return parsed.data
  const why = parsed.success ? `they are those of "${parsed.data.stage}"` : z.prettifyError(parsed.error).split('\n')[0]
  throw new StageRefusal(`the outputs in ${outputsParameter(stage)} are not of this version (${why}): deploy the stage again`)
}

function json(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}
