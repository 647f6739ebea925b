/// <reference path="./.sst/platform/config.d.ts" />
/** `npx sst deploy --stage production`: what `stacks/` composes of the blocks in `infra/`. */
export default $config({
  async app({ stage: name }) {
    const { PROVIDERS, SST_VERSION } = await import('./infra/providers.ts')
    const { stageOf } = await import('./infra/stages.ts')
    const stage = stageOf(name)
    return {
      name: 'gatehouse',
      home: 'aws',
      version: SST_VERSION,
      removal: stage.keepsData ? 'retain' : 'remove',
      protect: stage.kind === 'production',
      providers: { aws: { version: PROVIDERS.aws }, random: { version: PROVIDERS.random } },
    }
  },
  async run() {
    const { deployHouse } = await import('./stacks/house.ts')
    return deployHouse()
  },
})
