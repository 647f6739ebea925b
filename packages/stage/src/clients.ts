/** How every client of AWS is made here: region and credentials are AWS's own variables and profiles, or the region of the stage. */

export type ClientSettings = {
  readonly region?: string
  readonly maxAttempts: number
  readonly requestHandler: { readonly connectionTimeout: number; readonly requestTimeout: number; readonly throwOnRequestTimeout: true }
}

/** Without a region the SDK looks at `AWS_REGION` and the profile. Longer than the longest function, which a call may wait for. */
export function clientSettings(region?: string): ClientSettings {
  return {
    ...(region === undefined ? {} : { region }),
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 120_000, throwOnRequestTimeout: true },
  }
}
