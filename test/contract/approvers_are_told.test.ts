/** How the approvers of a level hear of a task, through the whole house: mail, and a text message where the number is confirmed. */
import type { Applicant } from '@gatehouse/store/approval_request.ts'
import { openRegistration } from '@gatehouse/workflow/open_request.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type StartedHouse, startHouse } from '../house.ts'

const APPROVED = {
  tenants: [
    {
      id: 'main',
      roles: [{ name: 'junior-manager' }],
      users: [
        approver('alex', { verified: true }),
        approver('robin', { verified: false }),
        { userName: 'kim', roles: ['junior-manager'], active: false, phoneNumbers: [{ value: '+4915100000003', verified: true }] },
      ],
      workflows: [{ name: 'one level', levels: [{ name: 'Junior', approvers: { roles: ['junior-manager'] } }] }],
      associations: [{ operation: 'self_registration', workflow: 'one level' }],
    },
  ],
}

let house: StartedHouse

beforeAll(async () => {
  house = await startHouse({ seed: APPROVED })
})

afterAll(() => house?.stop())

test('everyone of the level gets the mail; only a confirmed phone number gets the text message', async () => {
  const applicant: Applicant = {
    userName: 'jo',
    name: { givenName: 'Jo', familyName: 'Miller' },
    emails: [{ value: 'jo@example.org', primary: true, verified: false }],
    phoneNumbers: [],
    acceptances: [],
  }

  const opened = await openRegistration(house.running.local.context, applicant, 'no hash')

  if (opened.kind !== 'waiting') throw new Error('the registration needs no approval')
  const told = (await house.messages()).map(({ to, template }) => `${template} ${to}`)
  expect(told.sort()).toEqual(['approval_task alex@example.org', 'approval_task robin@example.org', 'approval_task_text +4915100000001'])
  const [text] = await house.messages('+4915100000001')
  expect(text?.text).toContain(`/approvals/${opened.requestId}`)
  expect(text?.text).toContain('Jo Miller')
})

function approver(userName: string, phone: { verified: boolean }) {
  return {
    userName,
    roles: ['junior-manager'],
    emails: [{ value: `${userName}@example.org`, primary: true, verified: true }],
    phoneNumbers: [{ value: userName === 'alex' ? '+4915100000001' : '+4915100000002', ...phone }],
  }
}
