/** How things are called in AWS, and their arns before they exist: a name that is known early breaks circles (the task function and its state machine). */

/** `gatehouse-production-relay`. */
export function named(part: string): string {
  return `${$app.name}-${$app.stage}-${part}`
}

export function arnOf(service: string, rest: string) {
  const { partition } = aws.getPartitionOutput()
  return $interpolate`arn:${partition}:${service}:${currentRegion()}:${currentAccount()}:${rest}`
}

/** Of a service that is in no region. */
export function globalArnOf(service: string, rest: string) {
  const { partition } = aws.getPartitionOutput()
  return $interpolate`arn:${partition}:${service}::${currentAccount()}:${rest}`
}

export function currentRegion() {
  return aws.getRegionOutput().region
}

export function currentAccount() {
  return aws.getCallerIdentityOutput().accountId
}

/** What a bucket's name begins with: AWS takes small letters, and leaves itself 26 characters to make it the only one in the world. */
export function bucketPrefix(part: string): string {
  return `${named(part).toLowerCase().slice(0, 36)}-`
}
