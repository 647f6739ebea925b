/** What belongs to the account in this region, and to no stage: limits, sandboxes, this machine's clock. Asked also where no stage is deployed yet. */
import { clientSettings } from '../clients.ts'
import { asking } from '../refusal.ts'
import type { Check } from './check.ts'

/** Undefined: the region of `AWS_REGION` and the profile. */
export type Account = { readonly region: string | undefined }

const MOST_CLOCK_SECONDS = 30
/** What a new account may have until AWS has seen it pay: every sign-in would queue behind it. */
const LEAST_CONCURRENCY = 100
const USUAL_CONCURRENCY = 1000

export const ACCOUNT_CHECKS: readonly Check<Account>[] = [
  {
    name: 'Lambda concurrency',
    asked: 'lambda:GetAccountSettings',
    good: `${USUAL_CONCURRENCY} or more at once`,
    todo: 'ask for 1,000: Service Quotas, AWS Lambda, "Concurrent executions" (a new account may begin with 10); free, a day or two',
    async look({ region }) {
      const { LambdaClient, GetAccountSettingsCommand } = await import('@aws-sdk/client-lambda')
      const client = new LambdaClient(clientSettings(region))
      const { AccountLimit } = await asking('read the limits of Lambda', () => client.send(new GetAccountSettingsCommand({})))
      const limit = AccountLimit?.ConcurrentExecutions ?? 0
      const state = limit >= USUAL_CONCURRENCY ? 'good' : limit >= LEAST_CONCURRENCY ? 'look' : 'bad'
      return { state, found: `${limit} at once, ${AccountLimit?.UnreservedConcurrentExecutions ?? 0} of them unreserved` }
    },
  },
  {
    name: 'Mail: production access',
    asked: 'ses:GetAccount',
    good: 'production access, sending on, health HEALTHY',
    todo: 'SES console, "Request production access" (until then mail goes to verified addresses only, 200 a day); if sending is paused, read the mail from AWS about bounces and complaints',
    async look({ region }) {
      const { SESv2Client, GetAccountCommand } = await import('@aws-sdk/client-sesv2')
      const client = new SESv2Client(clientSettings(region))
      const account = await asking('read the state of SES', () => client.send(new GetAccountCommand({})))
      const quota = `${account.SendQuota?.SentLast24Hours ?? 0} of ${account.SendQuota?.Max24HourSend ?? 0} mails in 24 hours`
      if (account.SendingEnabled === false || account.EnforcementStatus === 'SHUTDOWN')
        return { state: 'bad', found: `sending is paused (${account.EnforcementStatus}); ${quota}` }
      if (!account.ProductionAccessEnabled) return { state: 'bad', found: `in the sandbox; ${quota}` }
      return { state: account.EnforcementStatus === 'HEALTHY' ? 'good' : 'look', found: `${account.EnforcementStatus}; ${quota}` }
    },
  },
  {
    name: 'Text messages: sandbox',
    asked: 'sns:GetSMSSandboxAccountStatus',
    good: 'out of the sandbox, where text messages are sent at all',
    todo: 'SNS console, "Text messaging (SMS)", "Exit SMS sandbox"; until then texts go to verified numbers only. Nothing to do where no text messages are used',
    async look({ region }) {
      const { SNSClient, GetSMSSandboxAccountStatusCommand } = await import('@aws-sdk/client-sns')
      const client = new SNSClient(clientSettings(region))
      const { IsInSandbox } = await asking('read the state of the SMS sandbox', () =>
        client.send(new GetSMSSandboxAccountStatusCommand({})),
      )
      return IsInSandbox ? { state: 'look', found: 'in the sandbox' } : { state: 'good', found: 'out of the sandbox' }
    },
  },
  {
    name: 'Text messages: spend limit',
    asked: 'sns:GetSMSAttributes',
    good: 'what a month of text messages may cost; it is the whole account’s and belongs to no stage',
    todo: 'SNS console, "Text messaging preferences", "Account spend limit"; above the quota (1 USD at first) by a support case "SMS spend limit increase". At the limit texts stop for every stage of the account',
    async look({ region }) {
      const { SNSClient, GetSMSAttributesCommand } = await import('@aws-sdk/client-sns')
      const client = new SNSClient(clientSettings(region))
      const { attributes } = await asking('read the settings of text messages', () => client.send(new GetSMSAttributesCommand({})))
      const limit = Number(attributes?.MonthlySpendLimit ?? 1)
      return { state: limit > 1 ? 'good' : 'look', found: `${limit} USD a month for the whole account` }
    },
  },
  {
    name: 'Clock of this machine',
    asked: 'the Date header of ssm:DescribeParameters',
    good: `within ${MOST_CLOCK_SECONDS} s of AWS (at five minutes AWS refuses every call)`,
    todo: 'set the clock by NTP: "timedatectl set-ntp true", or the settings of the system',
    async look({ region }) {
      const told = await askDate(region)
      if (told === undefined) return { state: 'unknown', found: 'the answer of AWS bears no date' }
      const seconds = Math.round((Date.now() - told) / 1000)
      const off = Math.abs(seconds)
      const found = off <= 1 ? 'the same' : `${off} s ${seconds > 0 ? 'ahead' : 'behind'}`
      return { state: off <= MOST_CLOCK_SECONDS ? 'good' : 'bad', found }
    },
  },
]

/** The header comes with a refusal as well: a clock that is far off is refused. */
async function askDate(region: string | undefined): Promise<number | undefined> {
  const { SSMClient, DescribeParametersCommand } = await import('@aws-sdk/client-ssm')
  const client = new SSMClient({ ...clientSettings(region), maxAttempts: 1 })
  let date: string | undefined
  client.middlewareStack.add(
    (next) => async (given) => {
      const result = await next(given)
      const { response } = result
      if (response !== null && typeof response === 'object' && 'headers' in response)
        date = (response.headers as Record<string, string>).date
      return result
    },
    { step: 'deserialize', priority: 'low' },
  )
  try {
    await asking('ask for the time', () => client.send(new DescribeParametersCommand({ MaxResults: 1 })))
  } catch (error) {
    if (date === undefined) throw error
  } finally {
    client.destroy()
  }
  const told = Date.parse(date ?? '')
  return Number.isNaN(told) ? undefined : told
}
