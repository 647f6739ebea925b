/** The kinds of factors, a row each: what a proof by it says (`amr`, RFC 8176), what it shows of a person, and where it may stand in a sign-in. How it is checked is `identity/factors`. */

export type FactorKind = 'password' | 'totp' | 'email_otp' | 'sms_otp' | 'recovery_code'

export type FactorRow = {
  readonly amr: readonly string[]
  /** What the person shows by it: two of different means are `mfa`. */
  readonly means: 'knowing' | 'having' | 'being'
  /** It can say, with a user name, who the person is: it may stand in a first step, and a proof that begins with it stands by itself. */
  readonly identifies: boolean
  /** May stand in a further step, of a person who is known already. */
  readonly further: boolean
  /** Factors of one channel show the same thing, the mailbox for one, and count once. */
  readonly channel?: 'mailbox' | 'phone'
  /** May be enrolled in the midst of a sign-in that needs it. */
  readonly enrolledOnTheWay: boolean
  /** So many of a kind may a person have. */
  readonly most: number
}

// biome-ignore format: a table
export const FACTORS: Readonly<Record<FactorKind, FactorRow>> = {
  password:      { amr: ['pwd'],        means: 'knowing', identifies: true,  further: false, enrolledOnTheWay: false, most: 1 },
  totp:          { amr: ['otp'],        means: 'having',  identifies: false, further: true,  enrolledOnTheWay: true,  most: 5 },
  email_otp:     { amr: ['otp'],        means: 'having',  identifies: false, further: true,  enrolledOnTheWay: true,  most: 3, channel: 'mailbox' },
  sms_otp:       { amr: ['otp', 'sms'], means: 'having',  identifies: false, further: true,  enrolledOnTheWay: true,  most: 3, channel: 'phone' },
  recovery_code: { amr: ['otp'],        means: 'having',  identifies: false, further: true,  enrolledOnTheWay: false, most: 1 },
}

export const FACTOR_KINDS = Object.keys(FACTORS) as readonly FactorKind[]

export function isFactorKind(text: unknown): text is FactorKind {
  return typeof text === 'string' && Object.hasOwn(FACTORS, text)
}

/** Second factors that stand by themselves; recovery codes only stand in for one. */
export const SECOND_FACTORS: readonly FactorKind[] = FACTOR_KINDS.filter((kind) => FACTORS[kind].enrolledOnTheWay)

/** One thing that the person proved. `at` in seconds since the epoch. `first`: it said who they are, where its kind may also stand in a further step. */
export type ProvenFactor = { readonly kind: FactorKind; readonly at: number; readonly first?: true }

/** The proof of a first step. */
export function firstProof(kind: FactorKind, at: number): ProvenFactor {
  return { kind, at, ...(FACTORS[kind].further ? { first: true } : {}) }
}

/** What is shown by it, however it is asked for. */
export function thingOf(kind: FactorKind): string {
  return FACTORS[kind].channel ?? kind
}

/** Things that said who the person is: they are no second factor beside themselves. */
export function firstThings(factors: readonly ProvenFactor[]): ReadonlySet<string> {
  return new Set(factors.filter(isFirst).map(({ kind }) => thingOf(kind)))
}

function isFirst({ kind, first }: ProvenFactor): boolean {
  return first === true || !FACTORS[kind].further
}

export function amrOf(factors: readonly Pick<ProvenFactor, 'kind'>[]): string[] {
  const rows = factors.map(({ kind }) => FACTORS[kind])
  const several = new Set(rows.map(({ means }) => means)).size > 1
  return [...new Set([...rows.flatMap(({ amr }) => amr), ...(several ? ['mfa'] : [])])]
}

/** When the person was last identified; undefined where nothing of this identifies anybody. */
export function identifiedAt(factors: readonly ProvenFactor[]): number | undefined {
  const times = factors.filter(isFirst).map(({ at }) => at)
  return times.length === 0 ? undefined : Math.max(...times)
}

/** When a second factor was last proven; undefined: never. */
export function secondFactorAt(factors: readonly ProvenFactor[]): number | undefined {
  const first = firstThings(factors)
  const times = factors.filter(({ kind }) => !first.has(thingOf(kind))).map(({ at }) => at)
  return times.length === 0 ? undefined : Math.max(...times)
}

/** Each kind once, with its latest time; what said who the person is stays what it was. */
export function addFactor(factors: readonly ProvenFactor[], proven: ProvenFactor): ProvenFactor[] {
  if (proven.first === undefined && factors.some(({ kind, first }) => kind === proven.kind && first)) return [...factors]
  return [...factors.filter(({ kind }) => kind !== proven.kind), proven]
}
