/** A whole deployment: the stacks, one upon the other. */
import { buildArtifacts } from '../infra/artifacts.ts'
import { DEFAULT_TENANT } from '../infra/door.ts'
import { ensureHouse } from '../infra/ensure.ts'
import { FUNCTIONS } from '../infra/function_table.ts'
import { currentRegion, named } from '../infra/names.ts'
import { writeOutputs } from '../infra/outputs.ts'
import { readSettings } from '../infra/settings.ts'
import { stageOf } from '../infra/stages.ts'
import { deployFoundation } from './foundation.ts'
import { deployIdentity } from './identity.ts'
import { deployAlarms, deployRelay } from './insights.ts'
import { deployMessaging } from './messaging.ts'
import { deployWeb } from './web.ts'
import { deployWorkflow } from './workflow.ts'

export function deployHouse() {
  buildArtifacts()
  const stage = stageOf($app.stage)
  const settings = readSettings(process.env)
  const given = { stage, settings }

  const web = deployWeb(given)
  const foundation = deployFoundation(given)
  const identity = deployIdentity(given, foundation, web)
  const { stateMachine, ...workflow } = deployWorkflow(stage, foundation, web)
  const messaging = deployMessaging(given, foundation)
  const { failures, relay } = deployRelay(given, foundation, messaging, web)
  const functions = { ...identity, ...workflow, relay, deliver: messaging.deliver }
  const dead = { messages: messaging.messages.dead, feedback: messaging.feedback.dead }
  deployAlarms(given, { functions, stateMachine, dead, failures, table: foundation.table })
  ensureHouse(functions.operate, foundation.table)

  const { baseDomain, certificateHost, mailDomain, textSender } = settings
  const issuer = baseDomain ? $interpolate`https://${DEFAULT_TENANT}.${baseDomain}` : $interpolate`${web.origin}/t/${DEFAULT_TENANT}`
  writeOutputs({
    stage: $app.stage,
    region: currentRegion(),
    origin: web.origin,
    issuer,
    table: foundation.table.name,
    functions: Object.fromEntries(FUNCTIONS.map((name) => [name, { name: named(name), logGroup: `/aws/lambda/${named(name)}` }])),
    distribution: web.distribution.id,
    ...(web.hosts ? { hostsDistribution: web.hosts.id } : {}),
    ...(web.certificates ? { certificateOrigin: `https://${certificateHost}`, certificatesDistribution: web.certificates.id } : {}),
    stateMachine: stateMachine.arn,
    deadLetterQueues: { messages: dead.messages.url, feedback: dead.feedback.url },
    failuresBucket: failures.bucket,
    alarmPrefix: named(''),
    baseDomain,
    mailDomain,
    textSender,
    doorSecretSince: stage.doorSecret.since,
  })
  return {
    login: $interpolate`${issuer}/login`,
    table: foundation.table.name,
    functions: Object.fromEntries(FUNCTIONS.map((name) => [name, named(name)])),
  }
}
