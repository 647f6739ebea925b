/** A house that listens: opened, seeded, with its samples. `npm start` and the quick start run it, tests too. */
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { PasswordHasher } from '@gatehouse/ports/password_hasher.ts'
import { startSamples } from '@gatehouse/sample-pickup/start_samples.ts'
import { certificateDoor, ordinaryDoor } from './certificate_door.ts'
import { type Configuration, parseConfiguration, readConfigurationFile } from './configuration/read_file.ts'
import { seed } from './first_start.ts'
import { BadFlag, isLoopback, type StartFlags } from './flags.ts'
import { type LocalHouse, openLocalHouse } from './open_local_house.ts'
import { listenForOperators, type Operators } from './operate.ts'
import { DEMO, type Seeds } from './quickstart/scenarios.ts'
import { moveSamples, sampleApplications, seedFor } from './samples.ts'
import { type Listening, type ServeOptions, serve } from './serve.ts'
import { readTls, trustOwn } from './tls_files.ts'
import { weakPasswordMark } from './weak_password_mark.ts'

export class CannotListen extends Error {
  override readonly name = 'CannotListen'
}

export type RunOptions = StartFlags & {
  /** The project's folder: the built portal and the seeds are found from it. */
  readonly root: string
  /** The seeds of the demo, other than those of `npm start`. */
  readonly demo?: Seeds
  readonly hasher?: PasswordHasher
  /** As `LocalHouseOptions` has them. */
  readonly nameServers?: readonly string[]
}

export type RunningHouse = {
  readonly local: LocalHouse
  readonly origin: string
  /** Where client certificates are shown; absent: nowhere. */
  readonly certificateOrigin: string | undefined
  /** Absent where they are switched off, or their port is taken (`samplesTaken`). */
  readonly samplesOrigin: string | undefined
  readonly samplesTaken: boolean
  /** Secrets that a seed generated, shown once. */
  readonly secrets: Readonly<Record<string, string>>
  stop(): Promise<void>
}

export async function runHouse(options: RunOptions, say: (line: string) => void = () => {}): Promise<RunningHouse> {
  const tls =
    options.httpsCert && options.httpsKey ? await readTls('--https', { cert: options.httpsCert, key: options.httpsKey }) : undefined
  const loopback = isLoopback(options.host) && isLoopback(new URL(options.origin).hostname)
  // The address is taken first, so that a port 0 is known before any issuer is made, and a taken port is told before anything is written.
  let local: LocalHouse | undefined
  // Nobody is let in before the configuration stands: a registration would slip past its approvals.
  let open: LocalHouse | undefined
  const house: LocalHouse['fetch'] = async (request, peer) =>
    open?.fetch(request, peer) ?? new Response('the house is opening\n', { status: 503, headers: { 'retry-after': '1' } })
  let certificateOrigin: string | undefined
  const listening = await listen(options, options.port, tls, { fetch: ordinaryDoor(house, () => certificateOrigin) })
  const origin = options.port === 0 ? withPort(options.origin, listening.port) : options.origin
  const certificates = await listenForCertificates(
    options,
    certificateDoor(house, () => certificateOrigin),
  ).catch(async (error: unknown) => {
    await listening.close()
    throw error
  })
  if (certificates) certificateOrigin = withPort(`https://${new URL(origin).host}`, certificates.port)
  let samples: Samples | undefined
  let operators: Operators | undefined
  try {
    // Read before anything is written, so that what is wrong in it is no first start.
    const asked = options.seed === undefined ? undefined : await readConfigurationFile(options.seed)
    const weak = weakPasswordMark(resolve(options.data))
    if (!loopback) weak.refuse()
    const beginning = await markBeginning(resolve(options.data))
    samples = loopback && options.samplesPort !== undefined ? await openSamples(options, `${origin}/t/main`) : undefined
    if (samples?.origin !== undefined && tls) trustOwn(tls)
    local = await openLocalHouse({
      data: resolve(options.data),
      origin,
      certificateOrigin,
      loopback,
      ...(loopback ? { excuseWeakPassword: weak.set } : {}),
      allowedLoopbackPorts: loopback ? [...(samples?.port === undefined ? [] : [samples.port]), ...options.loopbackPorts] : [],
      portal: join(options.root, '.build', 'portal'),
      ...(options.hasher ? { hasher: options.hasher } : {}),
      ...(options.nameServers ? { nameServers: options.nameServers } : {}),
      ...(options.places === undefined ? {} : { places: resolve(options.places) }),
    })
    if (options.places !== undefined) await checkPlaces(local, options.places)
    const demo = beginning.unfinished && loopback && !options.empty && !asked ? await readDemo(options, samples?.origin) : []
    const secrets = await applySeeds(local, [...demo, ...(asked ? [asked] : [])], say)
    if (samples?.origin !== undefined) await moveSamples(local.context, samples.origin)
    await beginning.finish()
    operators = await listenForOperators(options.data, local.operate, local.house.ports.log)
    open = local
    return {
      local,
      origin,
      certificateOrigin,
      samplesOrigin: samples?.origin,
      samplesTaken: samples !== undefined && samples.origin === undefined,
      secrets,
      stop: () => stop(listening, certificates, samples, operators, local),
    }
  } catch (error) {
    await stop(listening, certificates, samples, operators, local)
    throw error
  }
}

type Samples = { readonly port: number | undefined; readonly origin: string | undefined; close(): Promise<void> }

async function openSamples(options: RunOptions, issuer: string): Promise<Samples> {
  const port = options.samplesPort ?? 0
  const origin = `http://localhost:${port}`
  try {
    const running = await startSamples({
      port,
      hostname: 'localhost',
      origin,
      applications: sampleApplications(issuer),
      dataDir: join(resolve(options.data), 'samples'),
    })
    return { port, origin, close: () => running.close() }
  } catch (error) {
    if (!isTaken(error)) throw cannotListen(error, 'localhost', port)
    return { port: undefined, origin: undefined, close: async () => {} }
  }
}

/** A first start that is cut off half-way is still a first one for the next: the mark goes when all of it is done. */
async function markBeginning(data: string): Promise<{ unfinished: boolean; finish(): Promise<void> }> {
  const mark = join(data, 'first_start')
  if (!existsSync(join(data, 'house.sqlite'))) {
    try {
      await mkdir(data, { recursive: true, mode: 0o700 })
      await writeFile(mark, '')
    } catch (cause) {
      throw new BadFlag(`--data is a directory that the house may write to: ${cause instanceof Error ? cause.message : String(cause)}`, {
        cause,
      })
    }
  }
  return { unfinished: existsSync(mark), finish: () => rm(mark, { force: true }) }
}

async function readDemo({ root, demo = DEMO }: RunOptions, samplesOrigin = 'http://localhost:8080'): Promise<Configuration[]> {
  return Promise.all(
    demo.map(async (name) => {
      const file = join(root, 'packages', 'local', 'seed', `${name}.yaml`)
      return parseConfiguration(seedFor(await readFile(file, 'utf8'), samplesOrigin), file)
    }),
  )
}

/** A database of places that cannot be read is told now, and not to the first person of whom it is asked. */
async function checkPlaces(local: LocalHouse, file: string): Promise<void> {
  try {
    await local.house.ports.places.find('192.0.2.1')
  } catch (error) {
    throw new BadFlag(`--places is a database in MaxMind's format (.mmdb); ${file} cannot be read as one`, { cause: error })
  }
}

/** The demo at the first start; the file that was asked for at every start, since applying it twice changes nothing. */
async function applySeeds(
  local: LocalHouse,
  configurations: readonly Configuration[],
  say: (line: string) => void,
): Promise<Record<string, string>> {
  const secrets: Record<string, string> = {}
  for (const configuration of configurations) {
    const applied = await seed(local.context, (request) => local.fetch(request, { ip: '127.0.0.1' }), configuration, say)
    Object.assign(secrets, applied.secrets)
  }
  return secrets
}

/** Undefined where nobody is asked for a certificate. */
async function listenForCertificates(options: RunOptions, fetch: LocalHouse['fetch']): Promise<Listening | undefined> {
  const { mtls } = options
  if (mtls === undefined) return undefined
  return listen(options, mtls.port, await readTls('--mtls', mtls), { fetch, asksForCertificates: true })
}

async function listen(
  options: RunOptions,
  port: number,
  tls: ServeOptions['tls'],
  what: Pick<ServeOptions, 'fetch' | 'asksForCertificates'>,
): Promise<Listening> {
  try {
    return await serve({ port, host: options.host, tls, trustedProxies: options.trustedProxies, ...what })
  } catch (error) {
    if (isTaken(error))
      throw new CannotListen(
        `Port ${port} is taken by another program. Stop it, or choose another port: npm start -- ${what.asksForCertificates ? '--mtls-port' : '--port'} ${port + 1}`,
      )
    throw cannotListen(error, options.host, port)
  }
}

/** The system's refusal (`EACCES`, `EADDRNOTAVAIL`, `ENOTFOUND`) as a sentence; anything else as it is. */
function cannotListen(error: unknown, host: string, port: number): unknown {
  if (!(error instanceof Error && 'code' in error)) return error
  return new CannotListen(`It is not possible to listen on ${host}:${port} (${String(error.code)}).`, { cause: error })
}

type Closes = { close(): Promise<void> } | undefined

async function stop(...[listening, certificates, samples, operators, local]: readonly Closes[]): Promise<void> {
  await Promise.all([listening?.close(), certificates?.close(), samples?.close(), operators?.close()])
  await local?.close()
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}

function withPort(origin: string, port: number): string {
  const url = new URL(origin)
  url.port = String(port)
  return url.origin
}
