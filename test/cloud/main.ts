/** The cloud in a box for people: computes the plan, runs it, prints where everything is, and stops cleanly. */
import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Row, startTable } from '@gatehouse/local/start_table.ts'
import { stopOnSignal } from '@gatehouse/local/stop_on_signal.ts'
import { ROOT } from '../house.ts'
import { haveBox } from './box_is_built.ts'
import { type CloudHouse, startCloudHouse } from './cloud_house.ts'
import { findBox } from './find_box.ts'

const OPTIONS = {
  port: { type: 'string', default: '9443' },
  'samples-port': { type: 'string', default: '8080' },
  /** A stage with a base domain, for browsers that know that names below `localhost` are this machine's. */
  'by-host': { type: 'boolean', default: false },
} as const

export async function main(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...words], options: OPTIONS })
  const began = performance.now()
  process.env.GATEHOUSE_DYNAMODB_LOCAL ??= bringEmulator()
  const found = findBox(process.env)
  if (!found.found) return tell(`The cloud in a box needs DynamoDB Local: ${found.reason}; ${found.variable} runs it.`)
  const tenants = values['by-host'] ? 'by_host' : 'by_path'
  process.stdout.write('building the functions and computing the plan ...\n')
  const stopEmulator = await haveBox([tenants])
  const house = await startCloudHouse({ tenants, port: Number(values.port), samplesPort: Number(values['samples-port']) }).catch(
    async (error) => {
      await stopEmulator?.()
      throw error
    },
  )
  const authority = join(ROOT, '.build', 'cloud_authority.pem')
  await writeFile(authority, house.box.certificates.authority)
  process.stdout.write(startTable(sections(house, authority)))
  process.stdout.write(`\n  open after ${((performance.now() - began) / 1000).toFixed(1)} s; Ctrl-C stops it, nothing is kept\n\n`)
  stopOnSignal('the box', async () => {
    await house.stop()
    await stopEmulator?.()
  })
}

/** Java is not brought by itself: that is the machine's owner's to decide. */
function bringEmulator(): string {
  try {
    execFileSync('java', ['-version'], { stdio: 'ignore' })
  } catch {
    return ''
  }
  return execFileSync(join(ROOT, '.ci/dynamodb_local.sh'), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim()
}

function sections(house: CloudHouse, authority: string): { title: string; rows: Row[] }[] {
  const { box, origin, samplesOrigin } = house
  return [
    {
      title: 'Gatehouse is open, in the cloud in a box',
      rows: [
        ['Hosted sign-in', `${house.issuer()}/login`],
        ['My Account', `${origin}/user-portal`],
        ['Pickup Dispatch', `${samplesOrigin}/pickup-dispatch`],
        ['Pickup Manager', `${samplesOrigin}/pickup-manager`],
        ['Mails and texts', house.inbox],
        ['AWS', `${box.endpoint} (DynamoDB, SQS, SNS, SES, Step Functions, KMS, SSM, S3, Lambda)`],
        ['Authority', `${authority} (trust it, or go past the browser's warning)`],
      ],
    },
    {
      title: 'People (user name / password)',
      rows: [
        ['alex / alex123', 'junior manager, approves first'],
        ['cameron / cameron123', 'senior manager, approves second'],
      ],
    },
  ]
}

function tell(sentence: string): void {
  console.error(sentence)
  process.exitCode = 1
}
