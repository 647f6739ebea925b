/** A house that listens, as `house.ts` starts one, but in the box: the same stories run on it. */
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { parseConfiguration } from '@gatehouse/local/configuration/read_file.ts'
import { DEMO } from '@gatehouse/local/quickstart/scenarios.ts'
import { sampleApplications } from '@gatehouse/local/samples.ts'
import { startSamples } from '@gatehouse/sample-pickup/start_samples.ts'
import { freePort } from '../free_port.ts'
import { type House, type HouseOptions, ROOT } from '../house.ts'
import { type Box, openBox } from './box/open_box.ts'
import { findBox, type Tenants } from './find_box.ts'
import { type Inside, openInside } from './inside.ts'
import { leadNamesBelowLocalhostHere } from './names_below_localhost.ts'
import { readDemo, seedBox } from './seed_box.ts'

export type CloudHouseOptions = HouseOptions & { readonly tenants?: Tenants }
export type CloudHouse = House & { readonly box: Box; readonly inside: Inside }

/** Where the samples are reached from within the box. */
const SAMPLES_NAME = 'pickup.example'

export async function startCloudHouse({ tenants = 'by_path', ...options }: CloudHouseOptions = {}): Promise<CloudHouse> {
  const [port, samplesPort] = [options.port ?? (await freePort()), options.samplesPort ?? (await freePort())]
  const found = findBox(process.env)
  if (!found.found) throw new Error(`${found.reason}; ${found.variable} runs it`)
  const samplesOrigin = `http://localhost:${samplesPort}`
  const box = await openBox({ ...(await found.parts(tenants)), port, hosts: { [SAMPLES_NAME]: new URL(samplesOrigin) } })
  const closing: (() => Promise<void>)[] = [box.close]
  try {
    // Tests and samples are of this process; functions are told by NODE_EXTRA_CA_CERTS.
    leadNamesBelowLocalhostHere()
    setDefaultCACertificates([...getCACertificates('default'), box.certificates.authority])
    const inside = await openInside(box)
    const samples = await startSamples({
      port: samplesPort,
      hostname: 'localhost',
      origin: samplesOrigin,
      applications: sampleApplications(inside.context.issuer),
    })
    closing.unshift(samples.close)
    const configurations =
      options.seed !== undefined
        ? [parseConfiguration(JSON.stringify(options.seed), 'seed.json')]
        : options.empty
          ? []
          : await readDemo(`${ROOT}packages/local/seed`, options.demo ?? DEMO, samplesOrigin, SAMPLES_NAME)
    await seedBox(inside, configurations)
    return {
      box,
      inside,
      context: inside.context,
      origin: box.origin,
      samplesOrigin,
      // a tenant's host: at the base domain there are no style sheets
      inbox: new URL('/_dev/inbox', inside.context.issuer).href,
      keyHash: box.certificates.keyHash,
      issuer: (tenant = 'main') => inside.house.addresses.of(tenant).issuer,
      messages: async (to) => {
        await box.idle()
        const { messages } = box.inbox.outbox.list({ limit: 200, ...(to === undefined ? {} : { to }) })
        return [...messages].reverse()
      },
      stop: () => closeAll(closing),
    }
  } catch (error) {
    await closeAll(closing)
    throw error
  }
}

async function closeAll(closing: readonly (() => Promise<void>)[]): Promise<void> {
  for (const close of closing) await close()
}
