/** The kinds of factors, a row each: what a proof by it says (`amr`, RFC 8176), what it shows of a person, and where it may stand in a sign-in. How it is checked is `identity/factors`. */

export type FactorKind = 'password' | 'passkey' | 'magic_link' | 'totp' | 'email_otp' | 'sms_otp' | 'recovery_code' | 'push' | 'x509'

export type Means = 'knowing' | 'having' | 'being'

export type FactorRow = {
  readonly amr: readonly string[]
  /** What the person shows by it: two of different means are `mfa`. */
  readonly means: Means
  /** Shown besides where the device made sure of its user, by fingerprint, face or PIN: which of them it does not tell. */
  readonly verified?: Means
  /** It can say, with a user name, who the person is: it may stand in a first step, and a proof that begins with it stands by itself. */
  readonly identifies: boolean
  /** Also in a first step it takes one that the person has enrolled. */
  readonly ownOnly?: true
  /** May stand in a further step, of a person who is known already. */
  readonly further: boolean
  /** Factors of one channel show the same thing, the mailbox for one, and count once. */
  readonly channel?: 'mailbox' | 'phone'
  /** May be enrolled in the midst of a sign-in that needs it. */
  readonly enrolledOnTheWay: boolean
  /** So many of a kind may a person enrol; 0: it needs no enrolment. */
  readonly most: number
}

// biome-ignore format: a table
export const FACTORS: Readonly<Record<FactorKind, FactorRow>> = {
  password:      { amr: ['pwd'],        means: 'knowing', identifies: true,  further: false, enrolledOnTheWay: false, most: 1 },
  passkey:       { amr: ['pop', 'user'], means: 'having', verified: 'being', identifies: true, ownOnly: true, further: true, enrolledOnTheWay: true, most: 10 },
  magic_link:    { amr: ['otp'],        means: 'having',  identifies: true,  further: false, enrolledOnTheWay: false, most: 0, channel: 'mailbox' },
  totp:          { amr: ['otp'],        means: 'having',  identifies: false, further: true,  enrolledOnTheWay: true,  most: 5 },
  email_otp:     { amr: ['otp'],        means: 'having',  identifies: true,  further: true,  enrolledOnTheWay: true,  most: 3, channel: 'mailbox' },
  sms_otp:       { amr: ['otp', 'sms'], means: 'having',  identifies: true,  further: true,  enrolledOnTheWay: true,  most: 3, channel: 'phone' },
  recovery_code: { amr: ['otp'],        means: 'having',  identifies: false, further: true,  enrolledOnTheWay: false, most: 1 },
  x509:          { amr: ['pop'],        means: 'having',  verified: 'knowing', identifies: true, further: true, enrolledOnTheWay: true, most: 10 },
  push:          { amr: ['mca'],        means: 'having',  identifies: false, further: true,  enrolledOnTheWay: false, most: 1 },
}

export const FACTOR_KINDS = Object.keys(FACTORS) as readonly FactorKind[]

export function isFactorKind(text: unknown): text is FactorKind {
  return typeof text === 'string' && Object.hasOwn(FACTORS, text)
}

/** Second factors that stand by themselves; recovery codes only stand in for one, and approvals by push hang on a session that proved one. */
export const SECOND_FACTORS: readonly FactorKind[] = FACTOR_KINDS.filter((kind) => FACTORS[kind].enrolledOnTheWay)

/** One thing that the person proved. `at` in seconds since the epoch. */
export type ProvenFactor = {
  readonly kind: FactorKind
  readonly at: number
  /** It said who they are, where its kind may also stand in a further step. */
  readonly first?: true
  /** The device made sure of its user. */
  readonly userVerified?: true
  /** Where more is known of this one than of its kind. */
  readonly amr?: readonly string[]
}

/** Of most kinds the name says it all. */
export type Proven = FactorKind | Omit<ProvenFactor, 'at' | 'first'>

/** The proof of a further step. */
export function furtherProof(proven: Proven, at: number): ProvenFactor {
  return typeof proven === 'string' ? { kind: proven, at } : { ...proven, at }
}

/** The proof of a first step. */
export function firstProof(proven: Proven, at: number): ProvenFactor {
  const proof = furtherProof(proven, at)
  return { ...proof, ...(FACTORS[proof.kind].further ? { first: true } : {}) }
}

/** What is shown by it, however it is asked for. */
export function thingOf(kind: FactorKind): string {
  return FACTORS[kind].channel ?? kind
}

/** One whose device made sure of its user shows two things, and counts for two steps. */
export function thingsShown({ kind, userVerified }: Pick<ProvenFactor, 'kind' | 'userVerified'>): string[] {
  return userVerified && FACTORS[kind].verified !== undefined ? [thingOf(kind), `${kind} verified`] : [thingOf(kind)]
}

/** Things that said who the person is: they are no second factor beside themselves. */
export function firstThings(factors: readonly ProvenFactor[]): ReadonlySet<string> {
  return new Set(factors.filter(isFirst).map(({ kind }) => thingOf(kind)))
}

/** It says who the person is. */
export function isFirst({ kind, first }: ProvenFactor): boolean {
  return first === true || !FACTORS[kind].further
}

export function amrOf(factors: readonly Omit<ProvenFactor, 'at'>[]): string[] {
  const means = factors.flatMap(({ kind, userVerified }) => {
    const row = FACTORS[kind]
    return userVerified && row.verified ? [row.means, row.verified] : [row.means]
  })
  const several = new Set(means).size > 1
  return [...new Set([...factors.flatMap(({ kind, amr }) => amr ?? FACTORS[kind].amr), ...(several ? ['mfa'] : [])])]
}

/** When the person was last identified; undefined where nothing of this identifies anybody. */
export function identifiedAt(factors: readonly ProvenFactor[]): number | undefined {
  const times = factors.filter(isFirst).map(({ at }) => at)
  return times.length === 0 ? undefined : Math.max(...times)
}

/** When a second factor was last proven, or one that is both at once; undefined: never. */
export function secondFactorAt(factors: readonly ProvenFactor[]): number | undefined {
  const first = firstThings(factors)
  const times = factors.filter((one) => thingsShown(one).some((thing) => !first.has(thing))).map(({ at }) => at)
  return times.length === 0 ? undefined : Math.max(...times)
}

/** Each kind once, with its latest time; what said who the person is stays what it was. */
export function addFactor(factors: readonly ProvenFactor[], proven: ProvenFactor): ProvenFactor[] {
  if (proven.first === undefined && factors.some(({ kind, first }) => kind === proven.kind && first)) return [...factors]
  return [...factors.filter(({ kind }) => kind !== proven.kind), proven]
}

/** Which steps have a proof of their own: each thing that was shown counts for one step, as many steps as possible from the first on. */
export function matchSteps(steps: readonly (readonly FactorKind[])[], proven: readonly ProvenFactor[]): boolean[] {
  const shown = proven.flatMap((one) => thingsShown(one).map((thing) => ({ thing, kind: one.kind })))
  const holder = new Map<string, number>()
  const place = (step: number, tried: Set<string>): boolean => {
    for (const { thing, kind } of shown) {
      if (tried.has(thing) || !steps[step]?.includes(kind)) continue
      tried.add(thing)
      const other = holder.get(thing)
      if (other === undefined || place(other, tried)) {
        holder.set(thing, step)
        return true
      }
    }
    return false
  }
  return steps.map((_, step) => place(step, new Set()))
}
