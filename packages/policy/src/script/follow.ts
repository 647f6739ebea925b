/**
 * Follows a script through one sign-in: runs it against its journal, does what it asks for next, and runs it again, until it waits for the person or has ended.
 * Its answer is a fact for `next_step`; where the person goes, that says.
 */
import type { ProvenFactor } from '@gatehouse/core/factor.ts'
import type { ClientId, InteractionId } from '@gatehouse/core/ids.ts'
import type { Composition } from '@gatehouse/core/interaction/composition.ts'
import type { SignInStep } from '@gatehouse/core/sign_in_policy.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { Value } from '@gatehouse/ports/table.ts'
import { plain } from '@gatehouse/store/item.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { ScriptMistake } from './arguments.ts'
import { type End, type Ended, endEvent, endedOf, refusalOf, storedEnd } from './ended.ts'
import { failedTries } from './failed_tries.ts'
import { type AskedStep, askedStepOf, passedSteps, provenAfter, successOf } from './flow.ts'
import { saidBy } from './host/claims.ts'
import type { HostFunction, Powers, ScriptCookie, SeenRequest, World } from './host_function.ts'
import { HOST_FUNCTIONS } from './host_functions.ts'
import { append, beginAnew, type Journal, MOST_RECORDS, readJournal } from './journal.ts'
import { type Prompt, promptOf } from './prompt.ts'
import { type Asked, type Run, remember, runOnce } from './run_once.ts'
import { nothingSpent } from './run_script.ts'
import { openSecrets } from './secrets.ts'
import { takePlaceOfStranger } from './strangers.ts'
import { keepVersion, loadVersion, type Version, versionOf } from './version.ts'

export type Considered = { readonly composition: Composition }

export type Following<C extends Considered> = {
  readonly ctx: TenantContext
  readonly interactionId: InteractionId
  /** Seconds since the epoch. */
  readonly expiresAt: number
  readonly clientId: ClientId | undefined
  readonly applicationName: string
  readonly requestedAcr: readonly string[]
  readonly script: string
  /** The sign-in's, which the script calls by number. */
  readonly policySteps: readonly SignInStep[]
  readonly locale: string
  readonly request: SeenRequest
  readonly powers: Powers
  readonly sessionId: World['sessionId']
  readonly browserSession: World['browserSession']
  /** Who signs in, as far as it is known; with what they have proven, and with what of it in this sign-in. */
  readonly known: { readonly user: User; readonly factors: readonly ProvenFactor[]; readonly here: readonly ProvenFactor[] } | undefined
  /** What these steps still need of the known person. */
  readonly consider: (steps: readonly SignInStep[], proven: readonly ProvenFactor[]) => Promise<C>
  /** What came with this very request. */
  readonly input?: Input
}

export type Input =
  /** A step was tried in vain. */
  | { readonly kind: 'failed'; readonly userName: string }
  /** The form that the call of this ordinal shows was filled in. */
  | { readonly kind: 'prompted'; readonly ordinal: number; readonly parameters: Readonly<Record<string, string>> }

export type ScriptStanding<C> = { readonly cookies: readonly ScriptCookie[] } & (
  | { readonly kind: 'step'; readonly asked: AskedStep; readonly considered: C | undefined }
  | { readonly kind: 'prompt'; readonly prompt: Prompt; readonly ordinal: number }
  | { readonly kind: 'ended'; readonly end: End }
)

const MOST_ROUNDS = 400
/** Longer than a request of a script to the outside may take. */
const ACT_MILLISECONDS = 15_000

/** Where the sign-in stands with its journal, in one round. */
type Turn = {
  readonly journal: Journal
  readonly version: Version
  readonly world: World
  readonly run: Run
  readonly input: Input | undefined
}
/** `standing`: the round was the last. `journal`: as it is now; undefined: somebody else wrote in it, and it is read again. */
type Next<C> = { readonly standing: ScriptStanding<C> } | { readonly journal: Journal | undefined; readonly tookInput?: boolean }

export async function followScript<C extends Considered>(of: Following<C>): Promise<ScriptStanding<C>> {
  const { ctx } = of
  const current = versionOf(of.script, ctx.tenant.policies.signIn?.scripting?.libraries ?? {})
  const secrets = await openSecrets(ctx, current)
  const began = {
    version: current.id,
    seed: Buffer.from(ctx.random.bytes(4)).readUInt32BE(0),
    at: ctx.clock.now(),
    ...(of.clientId === undefined ? {} : { clientId: of.clientId }),
  }
  const spent = nothingSpent()
  let input = of.input
  let journal = await readJournal(ctx, of.interactionId, began)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (!(await stands(of, journal))) journal = beginAnew(journal, began)
    if (journal.ended !== undefined) return standingOf(endedOf(journal.ended))
    if (journal.length >= MOST_RECORDS)
      return standingOf({ end: { kind: 'broken', message: 'this sign-in has taken too many turns' }, cookies: [] })
    const version = journal.began.version === current.id ? current : await loadVersion(ctx, journal.began.version)
    const world = worldOf(of, journal)
    const { applicationName, policySteps, requestedAcr } = of
    const run = await runOnce({ world, journal, version, applicationName, policySteps, requestedAcr, secrets, spent })
    const next = await take(of, { journal, version, world, run, input })
    if ('standing' in next) return next.standing
    if (next.tookInput) input = undefined
    journal = next.journal ?? (await readJournal(ctx, of.interactionId, began))
  }
  throw new Error(`the script of ${of.clientId ?? ctx.tenant.id} comes to no end`)
}

/** What was decided holds for one person, and as long as what they proved is there: an older cookie of the same sign-in proves less. */
async function stands<C extends Considered>(
  { clientId, known, consider }: Following<C>,
  { began, answers, pending }: Journal,
): Promise<boolean> {
  if (began.clientId !== clientId) return false
  const { steps, subjects } = passedSteps([...answers, ...pending])
  if (subjects.size === 0) return true
  if (known === undefined || subjects.size > 1 || !subjects.has(known.user.id)) return false
  return (await consider(steps, known.factors)).composition.kind === 'complete'
}

async function take<C extends Considered>(of: Following<C>, turn: Turn): Promise<Next<C>> {
  const { run } = turn
  if (run.kind === 'broken') return end(of, turn, run)
  try {
    return await takeAsked(of, turn, run.asked)
  } catch (error) {
    if (error instanceof ScriptMistake) return end(of, turn, { kind: 'broken', message: error.message })
    throw error
  }
}

async function takeAsked<C extends Considered>(of: Following<C>, turn: Turn, asked: Asked): Promise<Next<C>> {
  const { journal, world } = turn
  const { name, args } = asked
  const row = HOST_FUNCTIONS[name]
  if (row?.kind === 'acts') return act(of, turn, asked, row)
  if (row !== undefined) {
    const value = await row.perform(world, args, asked.ordinal)
    const event = row.event?.(world, args, value, journal.length)
    if (event === undefined) return told(turn, name, value)
    remember(world, journal, name, value)
    return { journal: await write(of, turn, { event }) }
  }
  if (name === 'executeStep') return executeStep(of, turn, asked)
  if (name === 'prompt') return showPrompt(of, turn, asked)
  if (name === 'provenSoFar') return told(turn, name, plain(of.known?.here ?? []))
  if (name === 'fail') return end(of, turn, refusalOf(args))
  if (name === 'sendError') {
    const url = args.maybeText('url')
    return end(of, turn, { kind: 'error', parameters: args.map('parameters'), ...(url === undefined ? {} : { url }) })
  }
  const selectedAcr = args.maybeText('selectedAcr')
  const { steps } = passedSteps([...journal.answers, ...journal.pending])
  return end(of, turn, { kind: 'done', steps, ...(selectedAcr === undefined ? {} : { selectedAcr }), ...saidBy(args) })
}

function told<C>({ journal, world }: Turn, name: string, value: Value): Next<C> {
  remember(world, journal, name, value)
  return { journal }
}

async function executeStep<C extends Considered>(of: Following<C>, turn: Turn, { name, args }: Asked): Promise<Next<C>> {
  const { known, consider } = of
  const { journal, input, run } = turn
  const asked = askedStepOf(args, of.policySteps)
  const { step, since } = asked
  const proven = known === undefined ? [] : since === undefined ? known.factors : provenAfter(known.here, since)
  // What the script asked for before counts too: one proof is one step's.
  const before = passedSteps([...journal.answers, ...journal.pending]).steps
  const considered = known && (await consider(since === undefined ? [...before, step] : [step], proven))
  if (known && considered?.composition.kind === 'complete') return told(turn, name, plain(successOf(asked, known.user, proven)))
  if (input?.kind === 'failed' && asked.hearsOfFailure) {
    remember(turn.world, journal, name, plain({ outcome: 'fail', step: asked.number, userName: input.userName }))
    return { journal: await write(of, turn), tookInput: true }
  }
  return pause(of, turn, { kind: 'step', asked, considered, cookies: run.cookies })
}

async function showPrompt<C extends Considered>(of: Following<C>, turn: Turn, { name, args, ordinal }: Asked): Promise<Next<C>> {
  const { journal, input, run, world } = turn
  const prompt = promptOf(args, world.ctx.tenant.policies.signIn?.scripting ?? {})
  if (input?.kind === 'prompted' && input.ordinal === ordinal) {
    const parameters = Object.entries(input.parameters).filter(
      ([id]) => prompt.kind !== 'form' || prompt.inputs.some((one) => one.id === id),
    )
    remember(world, journal, name, { parameters: Object.fromEntries(parameters.map(([id, text]) => [id, [text]])) })
    return { journal: await write(of, turn), tookInput: true }
  }
  return pause(of, turn, { kind: 'prompt', prompt, ordinal, cookies: run.cookies })
}

/**
 * Taken first, then done, then written down. Whoever finds it taken waits for the answer; where none comes, an act that changes nothing when repeated is
 * repeated, and of any other the script is told that nobody knows.
 */
async function act<C extends Considered>(
  of: Following<C>,
  turn: Turn,
  { name, args, ordinal }: Asked,
  row: HostFunction,
): Promise<Next<C>> {
  const { journal, world } = turn
  const { clock, stores } = of.ctx
  const { reserved } = journal
  if (reserved !== undefined && journal.pending.length === 0) {
    const left = reserved.until - clock.now()
    if (left > 0 && (await stores.adaptiveJournals.waitFor(of.interactionId, journal.length, left))) return { journal: undefined }
    if (row.lost !== undefined) {
      remember(world, journal, name, row.lost)
      return { journal: await write(of, turn) }
    }
  }
  const taken = await write(of, turn, { reserved: { name, until: clock.now() + ACT_MILLISECONDS } })
  if (taken === undefined) return { journal: undefined }
  const then = { ...turn, journal: taken }
  try {
    remember(world, taken, name, await row.perform(world, args, ordinal))
  } catch (error) {
    if (error instanceof ScriptMistake) return end(of, then, { kind: 'broken', message: error.message })
    throw error
  }
  return { journal: await write(of, then) }
}

/** The person has something to do. What was told so far is written first, so that it is the same when they come back. */
async function pause<C extends Considered>(of: Following<C>, turn: Turn, standing: ScriptStanding<C>): Promise<Next<C>> {
  const { journal } = turn
  // Before anybody is known nothing was decided about anybody, and a stranger writes nothing; but for what the application said, which is not said again.
  const isSaid = journal.pending.some(({ name, value }) => name === 'requestParameter' && value !== null)
  const writes = journal.pending.length > 0 && (of.known !== undefined || journal.written || isSaid)
  if (writes && (await write(of, turn)) === undefined) return { journal: undefined }
  return { standing }
}

async function end<C extends Considered>(of: Following<C>, turn: Turn, how: End): Promise<Next<C>> {
  const { ctx, clientId, known } = of
  const { journal, run } = turn
  const ended: Ended = { end: how.kind === 'broken' ? { kind: 'broken', message: how.message } : how, cookies: run.cookies }
  const event = endEvent(ctx, { version: journal.began.version, userId: known?.user.id, clientId }, how, run.words)
  if ((await write(of, turn, { ended: storedEnd(ended), event })) === undefined) return { journal: undefined }
  return { standing: standingOf(ended) }
}

async function write<C extends Considered>(
  of: Following<C>,
  { journal, version }: Turn,
  what: Pick<Parameters<typeof append>[1], 'reserved' | 'ended' | 'event'> = {},
): Promise<Journal | undefined> {
  if (of.known === undefined) await takePlaceOfStranger(of.ctx)
  if (!journal.written) await keepVersion(of.ctx, version)
  return append(of.ctx, { id: of.interactionId, expiresAt: of.expiresAt, journal, ...what })
}

function standingOf<C>({ end: how, cookies }: Ended): ScriptStanding<C> {
  return { kind: 'ended', end: how, cookies }
}

function worldOf<C extends Considered>(of: Following<C>, journal: Journal): World {
  const { ctx, interactionId, clientId, request, powers, known, locale, sessionId, browserSession } = of
  const [subject] = passedSteps([...journal.answers, ...journal.pending]).subjects
  return {
    ctx,
    interactionId,
    clientId,
    request,
    powers,
    locale,
    sessionId,
    browserSession,
    subject: subject === undefined ? undefined : known?.user.id,
    // As they are now: the script may have changed them.
    findUser: (id) => ctx.stores.users.find(id, { consistent: true }),
    failedTries: (id) => failedTries(ctx, id, sessionId),
  }
}
