/** The scenarios of the quick start. A new one is a row here and, where it needs more than the cast, a seed file. */
/** Files in `packages/local/seed`, without their ending, applied in this order: applying a file adds to what is there. */
export type Seeds = readonly string[]

/** What `npm start` begins with: scenario 6. */
export const DEMO: Seeds = ['pickup', 'registration_approved']

export type Scenario = {
  /** As in the quick-start guide that the menu follows. */
  readonly number: number
  readonly title: string
  readonly seeds: Seeds
  readonly people: readonly (readonly [string, string])[]
  /** What to do, in order. `{samples}` and `{house}` are the addresses. */
  readonly steps: readonly string[]
}

const CAST = [
  ['alex / alex123', 'Alex Miller, junior manager'],
  ['cameron / cameron123', 'Cameron Smith, senior manager'],
] as const

export const SCENARIOS: readonly Scenario[] = [
  {
    number: 2,
    title: 'Single sign-on with OpenID Connect',
    seeds: ['pickup', 'nobody_registers'],
    people: CAST,
    steps: [
      'Open {samples}/pickup-dispatch, choose Login, and sign in as cameron.',
      'Choose the attributes to share, and Continue: Pickup Dispatch shows them.',
      'Open {samples}/pickup-manager and choose Login: no password is asked.',
      'Log out of one of them: both are signed out.',
    ],
  },
  {
    number: 5,
    title: 'Self-registration',
    seeds: ['pickup'],
    people: CAST,
    steps: [
      'Open {samples}/pickup-dispatch, choose Login, then Create account.',
      'Enter a user name, then the profile, and agree to the privacy policy.',
      'Sign in as the new person; the mail that confirms the address is at {house}/_dev/inbox.',
    ],
  },
  {
    number: 6,
    title: 'Self-registration with workflow: two levels approve',
    seeds: DEMO,
    people: CAST,
    steps: [
      'Open {samples}/pickup-dispatch, choose Login, then Create account, and register.',
      'Open {house}/user-portal and sign in as alex; Operations, Pending approvals, Show more, Approve.',
      'Sign out, sign in as cameron, and approve as well. The mails are at {house}/_dev/inbox.',
      'Sign in at Pickup Dispatch as the new person, choose what to share, and Continue.',
    ],
  },
]
