/** What DynamoDB, SES and SNS do on bad days, and what strangers try at the door: nobody's grant is lost, nobody is let in. */
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { describeExtra } from '../extras.ts'
import { AwsError } from './box/aws/api.ts'
import { functionUrlEvent } from './box/sources/function_url.ts'
import { type CloudHouse, startCloudHouse } from './cloud_house.ts'
import { signsInAtAnApplication } from './exercises/at_an_application.ts'
import { openScene, type Scene } from './exercises/scene.ts'
import { findBox } from './find_box.ts'

/** `packages/lambda/src/deliver.ts`, and a moment. */
const LEASE_MILLISECONDS = 41_000
const THROTTLED = new AwsError('ThrottlingException', 'Rate exceeded')
const CONFLICT = new AwsError('TransactionCanceledException', 'Transaction cancelled [TransactionConflict]', 400, {
  CancellationReasons: [{ Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }],
})

describeExtra('the house on bad days', findBox(process.env), () => {
  let house: CloudHouse
  let scene: Scene
  beforeAll(async () => {
    house = await startCloudHouse()
    scene = openScene(house)
  })
  afterEach(() => {
    house.box.faults.clear()
    house.box.world.bouncing.clear()
  })
  afterAll(() => house?.stop())

  test.each(['authorize', 'token', 'consent'])('%s is throttled now and then: the person signs in all the same', async (name) => {
    const happened = house.box.faults.plan({
      kind: 'refuse',
      error: THROTTLED,
      times: 2,
      when: ({ service, role }) => service === 'dynamodb' && role.endsWith(name),
    })

    await signsInAtAnApplication(scene)

    expect(happened()).toBe(2)
  })

  test.each([
    ['authorize', 'the session is made'],
    ['token', 'the code is spent, and the refresh token turned'],
    ['consent', 'the consent is kept'],
  ])('%s hears nothing of a write that took place: it finds its own attempt, and %s', async (name) => {
    const happened = house.box.faults.plan({
      kind: 'lose',
      times: 2,
      when: ({ service, role, operation }) => service === 'dynamodb' && role.endsWith(name) && /^(Put|Update)Item$/.test(operation),
    })

    // Tokens, introspection and all: a redemption that met its own write as a replay would have revoked the grant.
    await signsInAtAnApplication(scene)

    expect(happened()).toBe(2)
  })

  test('a transaction that meets another one is tried again', async () => {
    const happened = house.box.faults.plan({
      kind: 'refuse',
      error: CONFLICT,
      times: 2,
      when: ({ operation }) => operation === 'TransactWriteItems',
    })
    const userName = scene.newName()

    const requestId = await scene.apply(userName)
    await scene.settled()
    await scene.decide(await scene.signIn('alex', 'alex123'), requestId, 'reject')

    expect(happened()).toBe(2)
    expect(await refusalsTold(userName)).toBe(1)
  })

  /** Mails that say no; another one asks to confirm the address. */
  const refusalsTold = async (userName: string) =>
    (await scene.house.messages(`${userName}@example.org`)).filter(({ template }) => template === 'registration_rejected').length

  test('SES refuses for a while: the queue brings the mail again, and it goes out once', async () => {
    const refused = house.box.faults.plan({
      kind: 'refuse',
      error: new AwsError('TooManyRequestsException', 'slow down', 429),
      times: 5,
      when: ({ service }) => service === 'ses',
    })
    const requestId = await scene.apply(scene.newName())
    await scene.settled()
    // The lease of the first delivery is over by the functions' own clock, the message visible again by the queue's.
    await pause(LEASE_MILLISECONDS)
    house.box.clock.advance(3600)
    await scene.settled()

    expect((await scene.mails('alex@pickup.example', '')).filter(({ text }) => text.includes(requestId))).toHaveLength(1)
    expect(refused()).toBe(5)
  })

  test('SES takes a mail and the answer is lost: it may be doubled, it is never lost', async () => {
    house.box.faults.plan({ kind: 'lose', times: 1, when: ({ service }) => service === 'ses' })
    const requestId = await scene.apply(scene.newName())
    await scene.settled()
    house.box.clock.advance(3600)

    const mails = (await scene.mails('alex@pickup.example', '')).filter(({ text }) => text.includes(requestId))
    expect([1, 2]).toContain(mails.length)
  })

  test('a task that waited too long is told so, and waits again', async () => {
    const requestId = await scene.apply(scene.newName())
    await scene.settled()
    const execution = () => house.box.executions.all().find(({ name }) => name.includes(requestId))

    house.box.clock.advance(400 * 86_400)
    await scene.settled()

    expect(execution()?.status).toBe('RUNNING')
    const alex = await scene.signIn('alex', 'alex123')
    await scene.decide(alex, requestId, 'reject')
    await scene.settled()
    expect(execution()?.status).toBe('SUCCEEDED')
  })

  test('the execution is gone when the decision comes: the decision counts, and the person is told', async () => {
    const userName = scene.newName()
    const requestId = await scene.apply(userName)
    await scene.settled()
    for (const { executionArn, name } of house.box.executions.all())
      if (name.includes(requestId)) await house.box.executions.abort(executionArn)
    await scene.decide(await scene.signIn('alex', 'alex123'), requestId, 'reject')

    expect(await refusalsTold(userName)).toBe(1)
  })

  test.each([
    ['no secret', {}],
    ['a guessed one', { 'x-gatehouse-door': 'a'.repeat(48) }],
    ['two in one', { 'x-gatehouse-door': 'a, b' }],
  ])('who goes to a function past the front door, with %s, is refused whatever else they say', async (_, forged) => {
    const event = functionUrlEvent('token.lambda-url.eu-central-1.on.aws', {
      method: 'GET',
      path: '/t/main/.well-known/openid-configuration',
      rawQuery: '',
      headers: { ...forged, 'x-gatehouse-tenant': 'main', 'x-gatehouse-origin': house.origin, 'x-gatehouse-base-path': '/t/main' },
      cookies: [],
      body: Buffer.alloc(0),
      sourceIp: '203.0.113.9',
    })

    expect(await scene.invoke('token', event)).toMatchObject({ statusCode: 403 })
  })

  test('a door header, a tenant or an address that a visitor sends is not believed', async () => {
    const response = await fetch(`${house.issuer()}/.well-known/openid-configuration`, {
      headers: { 'x-gatehouse-tenant': 'other', 'x-gatehouse-origin': 'https://evil.example', 'x-forwarded-host': 'evil.example' },
    })

    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ issuer: house.issuer() })
  })

  test('no request ever left for an origin that is not in the plan', () => {
    expect(house.box.problems()).toEqual([])
    expect(house.box.gateway.asked.length).toBeGreaterThan(0)
  })
})
