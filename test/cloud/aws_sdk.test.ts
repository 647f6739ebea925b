/** The box speaks to Amazon's own clients, as they are: what it answers our small client with is AWS's protocol, not a private agreement. */
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeExtra } from '../extras.ts'
import { type CloudHouse, startCloudHouse } from './cloud_house.ts'
import { findBox } from './find_box.ts'

describeExtra("Amazon's own clients", findBox(process.env), () => {
  let house: CloudHouse
  const settings = () => ({ region: house.box.region, endpoint: house.box.endpoint, credentials: house.box.operator.credentials })
  const environment = (name: string) => house.box.functions.find(name)?.environment ?? {}

  beforeAll(async () => {
    house = await startCloudHouse({ empty: true })
  })
  afterAll(() => house?.stop())

  test('DynamoDB: the vault of a new house is there', async () => {
    const Key = { pk: { S: 'house' }, sk: { S: 'VAULT' } }
    const { Item } = await new DynamoDBClient(settings()).send(new GetItemCommand({ TableName: environment('token').GATEHOUSE_TABLE, Key }))

    expect(Item?.sealed?.S).toBeTruthy()
  })

  test('SQS: sent, received, deleted', async () => {
    const queue = house.box.queues.all().find(({ arn }) => arn.endsWith('messages-dead'))
    const QueueUrl = `https://sqs.eu-central-1.amazonaws.com/${house.box.account}/${queue?.arn.split(':').at(-1)}`
    const sqs = new SQSClient({ ...settings(), useQueueUrlAsEndpoint: false })

    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }))
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }))
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages?.[0]?.ReceiptHandle }))

    expect(Messages?.map(({ Body }) => Body)).toEqual(['hello'])
    expect(queue?.counts()).toEqual({ visible: 0, hidden: 0 })
  })

  test('SNS and SES: a text and a mail come to the inbox, and a sender who is not ours is refused', async () => {
    await new SNSClient(settings()).send(new PublishCommand({ PhoneNumber: '+4915123456789', Message: 'hello' }))
    const mail = (FromEmailAddress: string) =>
      new SESv2Client(settings()).send(
        new SendEmailCommand({
          FromEmailAddress,
          Destination: { ToAddresses: ['jo@example.org'] },
          Content: { Simple: { Subject: { Data: 'hello' }, Body: { Text: { Data: 'hello' } } } },
        }),
      )
    await mail(`no-reply@${environment('relay').GATEHOUSE_MAIL_DOMAIN}`)

    expect(await house.messages('+4915123456789')).toHaveLength(1)
    expect(await house.messages('jo@example.org')).toHaveLength(1)
    await expect(mail('no-reply@somebody-else.example')).rejects.toThrow('not verified')
  })

  test('Lambda and SSM: the operator asks the inside, and finds what the stage is', async () => {
    const FunctionName = house.box.functions.find('operate')?.arn
    const { Payload } = await new LambdaClient(settings()).send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify({ action: 'invite' }) }),
    )
    const { Parameter } = await new SSMClient(settings()).send(new GetParameterCommand({ Name: '/gatehouse/production/outputs' }))

    expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toMatchObject({ link: expect.stringContaining(house.origin) })
    expect(JSON.parse(Parameter?.Value ?? '{}')).toMatchObject({ origin: house.origin })
  })

  test('who may not is refused in the words of AWS', async () => {
    const giveBack = house.box.authority.withhold(['operator#0'])
    const call = new SSMClient(settings()).send(new GetParameterCommand({ Name: '/x' }))

    await expect(call).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('is not authorized to perform: ssm:GetParameter'),
    })
    giveBack()
  })
})
