/**
 * Gives a house in the box its configuration, through the management API as `gatehouse apply` does, but in this process: the demo's people have passwords that
 * the policy refuses, and no deployment has a way to take those. It writes through the stores into DynamoDB Local; what follows runs in the box.
 */
import { readFile } from 'node:fs/promises'
import { adminApp } from '@gatehouse/http/admin/app.ts'
import { openFront } from '@gatehouse/http/front.ts'
import { type Configuration, parseConfiguration } from '@gatehouse/local/configuration/read_file.ts'
import { seed } from '@gatehouse/local/first_start.ts'
import { seedFor } from '@gatehouse/local/samples.ts'
import type { Inside } from './inside.ts'

export async function seedBox({ house, context }: Inside, configurations: readonly Configuration[]): Promise<void> {
  const trusting = { ...house, excuseWeakPassword: () => {} }
  const nowhere = () => new Response('nowhere\n', { status: 404 })
  const front = openFront(trusting, { admin: adminApp() }, nowhere)
  for (const configuration of configurations) await seed(context, (request) => front(request, { ip: '127.0.0.1' }), configuration)
}

/** The demo for samples at another origin, whose back channel has a name that functions can reach: this machine is none of theirs. */
export async function readDemo(
  folder: string,
  names: readonly string[],
  samplesOrigin: string,
  samplesName: string,
): Promise<Configuration[]> {
  return Promise.all(
    names.map(async (name) => {
      const file = `${folder}/${name}.yaml`
      const text = seedFor(await readFile(file, 'utf8'), samplesOrigin)
      const reachable = text.replaceAll(`backchannel_logout_uri: ${samplesOrigin}`, `backchannel_logout_uri: https://${samplesName}`)
      return parseConfiguration(reachable, file)
    }),
  )
}
