/** What the operator does: a first start, facts for `doctor`, records that relay had to give up. */
import { callDynamodb } from './operator_calls.ts'
import { must, type Scene } from './scene.ts'

/** Of an empty table, as far as the vault's key goes: it is put back afterwards, since everything is sealed with it. */
export async function makesTheVaultOnce(scene: Scene): Promise<void> {
  const { box } = scene
  const TableName = box.functions.find('operate')?.environment.GATEHOUSE_TABLE ?? ''
  const Key = { pk: { S: 'house' }, sk: { S: 'VAULT' } }
  const { Item } = await callDynamodb(box, 'GetItem', { TableName, Key, ConsistentRead: true })
  must(Item, 'the house has no vault')
  await callDynamodb(box, 'DeleteItem', { TableName, Key })
  try {
    // The key of the signing keys is another now: the tenant cannot be completed, the vault can.
    await scene.invoke('operate', { action: 'ensure' }).catch(() => {})
    const made = await callDynamodb(box, 'GetItem', { TableName, Key, ConsistentRead: true })
    must(made.Item, 'no vault was made')
  } finally {
    await callDynamodb(box, 'PutItem', { TableName, Item })
    await box.functions.cool()
  }
}

export async function tellsHowTheHouseIs(scene: Scene): Promise<void> {
  const facts = await scene.invoke('operate', { action: 'check' })
  must(JSON.stringify(facts).length > 10, `no facts: ${JSON.stringify(facts)}`)
  const invited = (await scene.invoke('operate', { action: 'invite' })) as Record<string, unknown>
  must('link' in invited || 'refused' in invited, `neither a link nor a refusal: ${JSON.stringify(invited)}`)
}

/** What relay cannot do, try after try, goes to the bucket; a replay does it. */
export async function replaysWhatFailed(scene: Scene): Promise<void> {
  const { box } = scene
  const from = new Date(Date.now() - 1000).toISOString()
  box.faults.plan({ kind: 'refuse', times: 1000, when: ({ service, operation }) => service === 'sqs' && operation === 'SendMessage' })
  let requestId: string
  try {
    requestId = await scene.apply(scene.newName())
    await scene.settled()
  } finally {
    box.faults.clear()
  }
  const told = async () => (await scene.mails('alex@pickup.example', '')).filter(({ text }) => text.includes(requestId)).length
  must((await told()) === 0, 'a mail came although no message could be queued')
  const replayed = (await scene.invoke('relay', { replay: { from } })) as { failed: readonly string[] }
  must(replayed.failed.length === 0, `not all was replayed: ${JSON.stringify(replayed)}`)
  const mails = await told()
  must(mails === 1, `${mails} mails came after the replay`)
}
