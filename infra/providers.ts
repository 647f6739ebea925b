/** The sst and the Pulumi providers that a deployment uses, pinned: the plan is computed with the very same. */
export const SST_VERSION = '4.17.1'
export const PROVIDERS = { aws: '7.20.0', random: '4.16.6' }
