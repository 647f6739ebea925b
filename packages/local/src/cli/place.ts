/** Where a command works: at an issuer, on a stage of the cloud, or on the house of a data directory. */
import type { StageOutputs } from '@gatehouse/stage/outputs.ts'
import { isLoopback } from '../flags.ts'
import { BadCommand } from './bad_command.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export type Place = {
  /** The name of `--stage`; undefined: this machine. */
  readonly stageName: string | undefined
  /** Asks AWS at the first call. */
  stage(): Promise<StageOutputs>
  /** Of the tenant whose management API is spoken to. Tokens go there: over https, or to a loopback address. */
  issuer(): Promise<string>
  /** The issuer, as far as it is known: for what is said of a failure. */
  knownIssuer(): string | undefined
  readonly data: string
}

const LOCAL_ISSUER = 'http://localhost:9443/t/main'

type PlaceFlags = { readonly issuer?: string; readonly stage?: string; readonly data?: string }

export function findPlace(flags: PlaceFlags, environment: Environment): Place {
  if (flags.issuer !== undefined && flags.stage !== undefined)
    throw new BadCommand('--issuer and --stage name the same thing: give one of them')
  let stage: Promise<StageOutputs> | undefined
  let known: string | undefined
  const find = async (name: string): Promise<StageOutputs> => {
    const { findStage } = await import('@gatehouse/stage/find_stage.ts')
    return findStage(name)
  }
  const place: Place = {
    stageName: flags.stage,
    stage() {
      if (flags.stage === undefined) throw new BadCommand('this works on a stage of the cloud: name it with --stage')
      stage ??= find(flags.stage)
      return stage
    },
    async issuer() {
      if (known !== undefined) return known
      const given =
        flags.stage === undefined ? (flags.issuer ?? environment.GATEHOUSE_ISSUER ?? LOCAL_ISSUER) : (await place.stage()).issuer
      known = checkedIssuer(given)
      return known
    },
    knownIssuer: () => known,
    data: flags.data ?? environment.GATEHOUSE_DATA ?? '.gatehouse',
  }
  return place
}

function checkedIssuer(given: string): string {
  const issuer = given.replace(/\/$/, '')
  if (!URL.canParse(issuer)) throw new BadCommand(`--issuer is an address such as ${LOCAL_ISSUER}, not "${issuer}"`)
  const { protocol, hostname } = new URL(issuer)
  if (protocol !== 'https:' && !isLoopback(hostname)) throw new BadCommand(`a token is sent over https only, and not to ${issuer}`)
  return issuer
}
