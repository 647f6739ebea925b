/** A stage that is on no cloud: its outputs, and a loopback AWS in which the operator's calls end. The house behind its issuer is a local one. */
import { runCommand } from '@gatehouse/local/cli/command_line.ts'
import { outputsParameter, type StageOutputs } from '@gatehouse/stage/outputs.ts'
import { vi } from 'vitest'
import { type AwsLoopback, type AwsOperations, refused, SECRET_KEY, SESSION_TOKEN, startAwsLoopback } from '../../fixture/aws_loopback.ts'

export const STAGE = 'staging'

export function outputsOf(issuer: string): StageOutputs {
  const functions = Object.fromEntries(
    ['token', 'admin', 'relay', 'operate', 'deliver'].map((name) => [
      name,
      { name: `gatehouse-staging-${name}-x1`, logGroup: `/aws/lambda/gatehouse-staging-${name}-x2` },
    ]),
  )
  return {
    stage: STAGE,
    region: 'eu-central-1',
    origin: new URL(issuer).origin,
    issuer,
    table: 'gatehouse-staging-table',
    functions,
    distribution: 'E2EXAMPLE',
    hostsDistribution: 'E2HOSTS',
    certificateOrigin: new URL(issuer).origin,
    certificatesDistribution: 'E2CERTIFICATES',
    stateMachine: 'arn:aws:states:eu-central-1:123456789012:stateMachine:gatehouse-staging-approval',
    deadLetterQueues: { messages: 'https://sqs.eu-central-1.amazonaws.com/123456789012/messages-dead' },
    failuresBucket: 'gatehouse-staging-failures',
    alarmPrefix: 'gatehouse-staging-',
    mailDomain: 'mail.example.org',
    textSender: '+4930000000',
    doorSecretSince: new Date(Date.now() - 5 * 86_400_000).toISOString(),
  }
}

/** `more` stands over the parameter, which every command reads first. */
export async function startStage(outputs: StageOutputs, more: AwsOperations): Promise<AwsLoopback> {
  return startAwsLoopback({
    GetParameter: ({ body }) =>
      JSON.stringify(body).includes(`"${outputsParameter(outputs.stage)}"`)
        ? { body: { Parameter: { Name: outputsParameter(outputs.stage), Value: JSON.stringify(outputs), Type: 'String' } } }
        : refused('ParameterNotFound', ''),
    ...more,
  })
}

/** One command in this process, with AWS's variables set. Throws what it throws, when what it said is in `lines`; fails when a credential is printed. */
export async function gatehouse(
  aws: Pick<AwsLoopback, 'environment'> | undefined,
  words: readonly string[],
  environment: Record<string, string> = {},
  lines: string[] = [],
): Promise<string[]> {
  for (const [name, value] of Object.entries({ ...NO_CREDENTIALS, ...aws?.environment, ...environment })) vi.stubEnv(name, value)
  const failure = await runCommand(words, environment, (line) => lines.push(line)).then(
    () => undefined,
    (error: unknown) => error,
  )
  vi.unstubAllEnvs()
  for (const text of [...lines, String(failure)])
    if (text.includes(SECRET_KEY) || text.includes(SESSION_TOKEN)) throw new Error('a credential was printed')
  if (failure !== undefined) throw failure
  return lines
}

/** Nothing of this machine's own AWS settings reaches a test, nor does a test reach an instance's metadata. */
const NO_CREDENTIALS = {
  AWS_PROFILE: undefined,
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_SESSION_TOKEN: undefined,
  AWS_REGION: undefined,
  AWS_DEFAULT_REGION: undefined,
  AWS_CONFIG_FILE: '/nowhere',
  AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
  AWS_EC2_METADATA_DISABLED: 'true',
}
