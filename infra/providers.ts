/** The Pulumi providers that a deployment uses, pinned: the plan is computed with the very same. They, not sst, decide what AWS is asked for. */
export const PROVIDERS = { aws: '7.35.0', random: '4.16.6' }
/** What `npx sst` may bring. The plan is computed with the oldest of them (`plan/toolchain`); `npx sst@4.17.1` deploys with just that one. */
export const SST_VERSION = '^4.17.1'
