/** Workflows and associations as administrators write them, and what an operation meets of them. */
import { listAssociations, removeAssociation, saveAssociation } from '@gatehouse/workflow/associations.ts'
import { listWorkflows, removeWorkflow, saveWorkflow } from '@gatehouse/workflow/definitions.ts'
import { openRegistration } from '@gatehouse/workflow/open_request.ts'
import { expect, test } from 'vitest'
import { applicant, HASH, openHouse, refusal, TWO_LEVELS } from './house.ts'

test('a workflow is saved by names, kept by ids and listed by names again', async () => {
  const { main } = await openHouse()

  const saved = await saveWorkflow(main, {
    name: 'with all',
    levels: [
      {
        name: 'one',
        approvers: { roles: ['junior-manager'], users: ['cameron'] },
        timeout: { seconds: 600, action: 'escalate', to: { users: ['alex'] } },
      },
    ],
  })

  expect(saved.levels[0]?.approvers.roles[0]).toMatch(/^rol_/)
  expect(await listWorkflows(main)).toContainEqual({
    name: 'with all',
    version: 1,
    levels: [
      {
        name: 'one',
        approvers: { roles: ['junior-manager'], users: ['cameron'] },
        timeout: { seconds: 600, action: 'escalate', to: { roles: [], users: ['alex'] } },
      },
    ],
  })
})

test('saving the same workflow and association again writes nothing', async () => {
  const { main, meter } = await openHouse()

  const before = meter.write
  const workflow = await saveWorkflow(main, { name: 'add user', levels: TWO_LEVELS })
  const association = await saveAssociation(main, { operation: 'self_registration', workflow: 'add user' })

  expect(meter.write).toBe(before)
  expect([workflow.version, association.version]).toEqual([1, 1])
})

test('names that do not exist are refused by their place', async () => {
  const { main } = await openHouse()

  expect(await refusal(saveWorkflow(main, { name: 'x', levels: [{ name: 'one', approvers: { roles: ['nobody'] } }] }))).toBe(
    'validation_failed',
  )
  await expect(saveWorkflow(main, { name: 'x', levels: [{ name: 'one', approvers: { users: ['nobody'] } }] })).rejects.toMatchObject({
    fields: { '/levels/0/approvers/users/0': expect.any(String) },
  })
  expect(await refusal(saveWorkflow(main, { name: ' ', levels: TWO_LEVELS }))).toBe('validation_failed')
  expect(await refusal(saveAssociation(main, { operation: 'self_registration', workflow: 'x' }))).toBe('not_found')
  expect(await refusal(saveAssociation(main, { operation: 'fly', workflow: 'add user' }))).toBe('validation_failed')
})

test('a workflow that an operation needs cannot be removed', async () => {
  const { main } = await openHouse()

  expect(await refusal(removeWorkflow(main, 'add user'))).toBe('conflict')
  await removeAssociation(main, { operation: 'self_registration', workflow: 'add user' })
  await removeWorkflow(main, 'add user')

  expect([await listWorkflows(main), await listAssociations(main)]).toEqual([[], []])
  expect(await openRegistration(main, applicant('kim'), HASH)).toMatchObject({ kind: 'created' })
})

test('an operation whose condition does not hold is done at once', async () => {
  const { main } = await openHouse()
  const condition = [{ field: 'email_domain', operator: 'not_equals', value: 'mail.example' }] as const
  await saveAssociation(main, { operation: 'self_registration', workflow: 'add user', condition })

  const kim = await openRegistration(main, applicant('kim'), HASH)
  const stranger = await openRegistration(main, { ...applicant('lee'), emails: [] }, HASH)

  expect([kim.kind, stranger.kind]).toEqual(['created', 'waiting'])
  expect(await main.stores.users.findByName('kim')).toMatchObject({ active: true })
})

test('of several associations the first whose condition holds decides, and one that is off decides nothing', async () => {
  const house = await openHouse()
  const { main } = house
  house.pass(1)
  await saveWorkflow(main, { name: 'second', levels: [{ name: 'Only Cameron', approvers: { users: ['cameron'] } }] })
  await saveAssociation(main, { operation: 'self_registration', workflow: 'second' })
  const levelsOf = async (id: `req_${string}`) => (await main.stores.requests.find(id))?.request.levels.length

  expect(await levelsOf(await house.register('kim'))).toBe(2)
  await saveAssociation(main, { operation: 'self_registration', workflow: 'add user', enabled: false })
  expect(await levelsOf(await house.register('lee'))).toBe(1)
})
