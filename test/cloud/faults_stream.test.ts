/** What the stream and its function do on bad days: twice, out of order, killed, poisoned. Nothing is lost, nothing doubled. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { describeExtra } from '../extras.ts'
import type { StreamRecord } from './box/sources/stream_source.ts'
import { type CloudHouse, startCloudHouse } from './cloud_house.ts'
import { openScene, type Scene } from './exercises/scene.ts'
import { findBox } from './find_box.ts'

describeExtra('the stream on bad days', findBox(process.env), () => {
  let house: CloudHouse
  let scene: Scene
  beforeAll(async () => {
    house = await startCloudHouse()
    scene = openScene(house)
  })
  afterEach(() => {
    house.box.meddle(undefined)
    house.box.faults.clear()
  })
  afterAll(() => house?.stop())

  const mailsAbout = async (to: string, requestId: string) =>
    (await scene.mails(to, '')).filter(({ text }) => text.includes(requestId)).length
  const executionsOf = (requestId: string) => house.box.executions.all().filter(({ name }) => name.includes(requestId))

  test('a batch that is delivered twice starts one execution and sends one mail', async () => {
    house.box.meddle((batch) => [...batch, ...batch])

    const requestId = await scene.apply(scene.newName())

    expect(await mailsAbout('alex@pickup.example', requestId)).toBe(1)
    expect(executionsOf(requestId)).toHaveLength(1)
  })

  test('records in the wrong order have the same consequences', async () => {
    house.box.meddle((batch) => [...batch].reverse())
    const userName = scene.newName()

    const requestId = await scene.apply(userName)
    await scene.settled()
    await scene.decide(await scene.signIn('alex', 'alex123'), requestId, 'approve')
    await scene.settled()
    await scene.decide(await scene.signIn('cameron', 'cameron123'), requestId, 'approve')

    expect(await scene.mails(`${userName}@example.org`, 'is ready')).toHaveLength(1)
    expect(await mailsAbout('cameron@pickup.example', requestId)).toBe(1)
  })

  test('relay is killed after it queued the mail: the batch comes again, and the mail goes out once', async () => {
    const killed = house.box.faults.plan({
      kind: 'kill',
      times: 1,
      when: ({ role, operation }) => role.endsWith('relay') && operation === 'SendMessage',
    })

    const requestId = await scene.apply(scene.newName())

    expect(await mailsAbout('alex@pickup.example', requestId)).toBe(1)
    expect(killed()).toBe(1)
  })

  test('a poisoned record is kept aside alone; all others have their consequences', async () => {
    const bucket = house.box.functions.find('relay')?.environment.GATEHOUSE_FAILURES_BUCKET ?? ''
    const before = house.box.buckets.keys(bucket).length
    let poison = true
    house.box.meddle((batch) =>
      batch.flatMap((record) => {
        const poisoned = poison ? [{ ...poisonedRecord(record), eventID: 'poisoned' }] : []
        poison = false
        return [...poisoned, record]
      }),
    )

    const requestId = await scene.apply(scene.newName())

    expect(await mailsAbout('alex@pickup.example', requestId)).toBe(1)
    const kept = house.box.buckets
      .keys(bucket)
      .slice(before)
      .flatMap((key) => recordsKept(bucket, key))
    expect(kept.map(({ eventID }) => eventID)).toEqual(['poisoned'])
  })

  test('a task that is killed is called again, and the approval goes on', async () => {
    const killed = house.box.faults.plan({
      kind: 'kill',
      times: 1,
      when: ({ role, operation }) => role.endsWith('task') && (operation === 'TransactWriteItems' || operation === 'PutItem'),
    })

    const requestId = await scene.apply(scene.newName())

    expect(await mailsAbout('alex@pickup.example', requestId)).toBe(1)
    expect(killed()).toBe(1)
    expect(executionsOf(requestId).map(({ status }) => status)).toEqual(['RUNNING'])
  })

  function recordsKept(bucket: string, key: string): readonly StreamRecord[] {
    const { payload } = JSON.parse(house.box.buckets.get(bucket, key)?.body.toString() ?? '{}')
    return JSON.parse(payload).Records
  }
})

/** An event that is none of the house's: its kind is a number. */
function poisonedRecord(record: StreamRecord): StreamRecord {
  const { NewImage } = record.dynamodb as unknown as { NewImage: { event: { M: Record<string, unknown> } } }
  const event = { M: { ...NewImage.event.M, id: { S: 'evt_poisoned' }, kind: { N: '7' } } }
  return { ...record, dynamodb: { ...record.dynamodb, NewImage: { ...NewImage, event } } }
}
