/** Short runs through the house that together use each right of the plan. Each throws where something did not come about. */
import { administers } from './administration.ts'
import {
  isApprovedInTwoLevels,
  isDecidedBeforeItWaits,
  isRejected,
  outlivesItsExecution,
  waitsForSomebodyWithTheRole,
} from './approvals.ts'
import { endsWithALogoutEverywhere, isToldLaterOfALogout, signsInAtAnApplication } from './at_an_application.ts'
import { bringsAHost } from './hosts.ts'
import { remembersWhatBounces, sendsATextMessage } from './messages.ts'
import { changesProfileAndPassword } from './my_account.ts'
import { makesTheVaultOnce, replaysWhatFailed, tellsHowTheHouseIs } from './operation.ts'
import { must, type Scene } from './scene.ts'

export const EXERCISES: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  'signs in at an application': signsInAtAnApplication,
  'is told later of a logout': isToldLaterOfALogout,
  'ends with a logout everywhere': endsWithALogoutEverywhere,
  'changes profile and password': changesProfileAndPassword,
  'is approved in two levels': isApprovedInTwoLevels,
  'is rejected': isRejected,
  'is decided before it waits': isDecidedBeforeItWaits,
  'waits for somebody with the role': waitsForSomebodyWithTheRole,
  'outlives its execution': outlivesItsExecution,
  'remembers what bounces': remembersWhatBounces,
  'sends a text message': sendsATextMessage,
  'tells how the house is': tellsHowTheHouseIs,
  'makes the vault once': makesTheVaultOnce,
  'replays what failed': replaysWhatFailed,
  administers,
  'brings a host': bringsAHost,
}

/** An exercise, and what must be true of each: whatever ran has its log, and its trace where one was asked for. */
export async function exercise(scene: Scene, name: string): Promise<void> {
  const run = EXERCISES[name]
  must(run, `there is no exercise ${name}`)
  const before = scene.box.functions.tally()
  await run(scene)
  for (const [called, { invoked, logged, sampled, traced }] of Object.entries(scene.box.functions.tally())) {
    const was = before[called] ?? { invoked: 0, logged: 0, sampled: 0, traced: 0 }
    must(invoked === was.invoked || logged > was.logged, `${called} ran, and its log is empty`)
    must(sampled - was.sampled === traced - was.traced, `${called} was to be traced, and was not`)
  }
}
