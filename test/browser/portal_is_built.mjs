/** Before the tests: the house and the portal's pages are built. The build is cached, so what is unchanged costs nothing. */
import { build } from '../../packages/local/build.mjs'

export async function setup() {
  await build({ quiet: true })
}
