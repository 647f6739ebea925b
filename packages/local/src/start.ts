/** `npm start`: runs the house, prints where everything is, and stops cleanly. */
import { resolve } from 'node:path'
import { createFirstInvitation } from '@gatehouse/identity/invitation.ts'
import type { StartFlags } from './flags.ts'
import { isLoopback } from './flags.ts'
import { type RunningHouse, runHouse } from './running_house.ts'
import { areSamplesKnown } from './samples.ts'
import { type Row, startTable } from './start_table.ts'
import { stopOnSignal } from './stop_on_signal.ts'
import { weakPasswordMark } from './weak_password_mark.ts'

/** Resolves when the house is open; it then runs until a signal stops it. */
export async function start(flags: StartFlags, root: string): Promise<void> {
  const startedAt = performance.now()
  const running = await runHouse({ ...flags, root })
  const table = startTable(await sections(running, flags))
  // Before it is said that Ctrl-C stops it.
  stopOnSignal('the house', () => running.stop())
  process.stdout.write(table)
  process.stdout.write(
    `\n  open after ${((performance.now() - startedAt) / 1000).toFixed(1)} s; Ctrl-C stops it, everything is kept in ${flags.data}\n\n`,
  )
}

async function sections(running: RunningHouse, flags: StartFlags): Promise<{ title: string; rows: Row[] }[]> {
  const { origin, samplesOrigin, local } = running
  const { issuer } = local.context
  // Somebody named alex may also have come in a file: only the demo's have passwords that everybody knows.
  const demo = weakPasswordMark(resolve(flags.data)).stands() && (await local.context.stores.users.findNameHolder('alex')) !== undefined
  const loopback = isLoopback(flags.host) && isLoopback(new URL(origin).hostname)
  // They run in every house that this machine alone reaches, but without the demo, or a file of one's own that names them, nobody can sign in there.
  const samples = samplesOrigin === undefined || !(await areSamplesKnown(local.context)) ? undefined : samplesOrigin
  const found = [
    {
      title: 'Gatehouse is open',
      rows: [
        ['Hosted sign-in', `${issuer}/login`],
        ['My Account', `${origin}/user-portal`],
        ...(samples === undefined
          ? []
          : ([
              ['Pickup Dispatch', `${samples}/pickup-dispatch`],
              ['Pickup Manager', `${samples}/pickup-manager`],
            ] as Row[])),
        ...(running.certificateOrigin === undefined ? [] : ([['Client certificates', `${running.certificateOrigin}/t/…`]] as Row[])),
        ...(loopback ? ([['Mails and texts', `${origin}/_dev/inbox`]] as Row[]) : []),
        ['Issuer', issuer],
        ['Management API', `${issuer}/api/v1/openapi.json`],
      ] as Row[],
    },
    ...(demo && loopback
      ? [
          {
            title: 'People (user name / password)',
            rows: [
              ['alex / alex123', 'junior manager, approves first'],
              ['cameron / cameron123', 'senior manager, approves second'],
            ] as Row[],
          },
        ]
      : []),
    ...(await invitation(running)),
    ...(Object.keys(running.secrets).length > 0
      ? [{ title: 'Secrets that were generated (shown this once)', rows: Object.entries(running.secrets) }]
      : []),
    ...(running.samplesTaken
      ? [
          {
            title: 'Without the sample applications',
            rows: [['Port taken', `${flags.samplesPort}; choose another: npm start -- --samples-port N`]] as Row[],
          },
        ]
      : []),
  ]
  return found
}

/** The first administrator's link, while there is none: single use, 30 minutes, made anew at each start. */
async function invitation({ local }: RunningHouse): Promise<{ title: string; rows: Row[] }[]> {
  const link = await createFirstInvitation(local.context)
  if (link === undefined) return []
  return [{ title: 'First administrator (one use, 30 minutes)', rows: [['Open', link]] }]
}
