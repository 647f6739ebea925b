/** Opens the browser of the tests: headless, without a word to anyone but this machine. */
import { type Browser, chromium } from 'playwright-core'
import { findBrowser } from './find_browser.ts'

const FLAGS = [
  // as root, which CI and containers are, Chromium's sandbox does not start
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]',
]

/** A machine whose processors are all taken takes its time. */
const START_MS = 120_000

/** `trustedKey`: of a server whose certificate no public authority signed; nothing else is trusted with it. */
export async function openBrowser(trustedKey?: string): Promise<Browser> {
  const found = await findBrowser()
  return chromium.launch({
    executablePath: found.path,
    args: [...FLAGS, ...(trustedKey === undefined ? [] : [`--ignore-certificate-errors-spki-list=${trustedKey}`])],
    headless: true,
    timeout: START_MS,
    env: { ...definedOnly(process.env), ...found.environment },
  })
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
