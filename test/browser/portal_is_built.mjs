/** Before the stories: the portal's pages exist. The build is cached, so an unchanged portal costs nothing. */
import { build } from '../../packages/local/build.mjs'

export async function setup() {
  await build({ quiet: true })
}
