/** Mail that comes back, and text messages: queue, `deliver`, SES and SNS, the topic of feedback. */
import { randomUUID } from 'node:crypto'
import { callSqs } from './operator_calls.ts'
import { must, type Scene } from './scene.ts'

/** An address that mail came back from gets no more, and the next mail to it is not even tried. */
export async function remembersWhatBounces(scene: Scene): Promise<void> {
  const userName = scene.newName()
  const address = `${userName}@example.org`
  scene.box.world.bouncing.add(address)
  const requestId = await scene.apply(userName)
  await scene.settled()
  await scene.decide(await scene.signIn('alex', 'alex123'), requestId, 'reject')
  await scene.settled()
  scene.box.world.bouncing.delete(address)
  const marked = await scene.administer('GET', `/mail-marks/${encodeURIComponent(address)}`)
  must(JSON.stringify(marked).includes('bounced'), `the address is not marked: ${JSON.stringify(marked)}`)
}

/** As relay puts it into the queue; to a number of a country that the deployment allows. */
export async function sendsATextMessage(scene: Scene): Promise<void> {
  const to = `+4915123${String(Date.now()).slice(-6)}`
  const text = { channel: 'text', id: randomUUID(), once: 'at_least', to, text: 'hello', locale: 'en', tenant: 'main', template: 'trial' }
  await callSqs(scene.box, 'SendMessage', { QueueUrl: queueUrl(scene), MessageBody: JSON.stringify(text) })
  const got = await scene.house.messages(to)
  must(got.length === 1, `${got.length} text messages came to ${to}`)
}

export function queueUrl({ box }: Scene): string {
  return box.functions.find('relay')?.environment.GATEHOUSE_MESSAGE_QUEUE ?? ''
}
