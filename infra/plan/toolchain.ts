/** sst, and the bun that it installs its platform with: of all their builds, which `toolchain/` pins, the two that a machine runs. */

export type Machine = { readonly platform: string; readonly arch: string; readonly musl: boolean }
export type Builds = { readonly sst: string; readonly bun: string }

/** A package's name each. Left to choose by npm, which does not tell one C library from another, a machine gets four builds of bun. */
export function buildsFor({ platform, arch, musl }: Machine): Builds {
  const bunArch = BUN_ARCH[arch]
  if (!SYSTEMS.includes(platform) || bunArch === undefined) throw new Error(`sst's platform cannot be laid out on ${platform} ${arch}`)
  return { sst: `sst-${platform}-${arch}`, bun: `@oven/bun-${platform}-${bunArch(musl ? '-musl' : '')}` }
}

export function thisMachine(): Machine {
  const { platform, arch } = process
  return { platform, arch, musl: platform === 'linux' && !hasGlibc() }
}

const SYSTEMS = ['linux', 'darwin']

/** `baseline` runs on every x64 processor, and laying out is over in seconds with either. */
const BUN_ARCH: Readonly<Record<string, (libc: string) => string>> = {
  arm64: (libc) => `aarch64${libc}`,
  x64: (libc) => `x64${libc}-baseline`,
}

function hasGlibc(): boolean {
  const report: unknown = process.report.getReport()
  const header = typeof report === 'object' && report !== null && 'header' in report ? report.header : undefined
  return typeof header === 'object' && header !== null && 'glibcVersionRuntime' in header
}
