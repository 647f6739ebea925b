/** The bundles and files that are deployed, made by the house's own build: plan, box and deployment share them. */
import { execFileSync } from 'node:child_process'

/** Once before the resources that take them. Who computes a plan has built them already, and says so. */
export function buildArtifacts(): void {
  if ($dev || process.env.GATEHOUSE_ARTIFACTS === 'built') return
  execFileSync(process.execPath, ['packages/lambda/build_functions.mjs'], { cwd: $cli.paths.root, stdio: 'inherit' })
}
