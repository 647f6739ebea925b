/** An Apache of our own with mod_auth_openidc, in a temporary folder and on a free port. */
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Extra } from '../extras.ts'

const PROGRAM = process.env.GATEHOUSE_APACHE ?? '/usr/sbin/apache2'
const MODULES = process.env.GATEHOUSE_APACHE_MODULES ?? '/usr/lib/apache2/modules'

export const APACHE: Extra = {
  found: existsSync(PROGRAM) && existsSync(join(MODULES, 'mod_auth_openidc.so')),
  reason: "Apache's mod_auth_openidc is not on this machine (Debian: libapache2-mod-auth-openidc)",
  variable: 'GATEHOUSE_APACHE=/path/to/apache2 with GATEHOUSE_APACHE_MODULES=/path/to/modules',
}

export type Apache = { readonly origin: string; stop(): Promise<void> }

export type Registration = { readonly port: number; readonly issuer: string; readonly clientId: string; readonly clientSecret: string }

export async function startApache(registration: Registration): Promise<Apache> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-apache-'))
  // as root, Apache's workers run as somebody else
  chmodSync(folder, 0o755)
  mkdirSync(join(folder, 'pages/protected'), { recursive: true })
  writeFileSync(join(folder, 'pages/protected/index.html'), '<!doctype html><title>Protected</title><p>Behind the door</p>')
  writeFileSync(join(folder, 'pages/bye.html'), '<!doctype html><title>Bye</title><p>Signed out at Apache</p>')
  writeFileSync(join(folder, 'httpd.conf'), configuration(folder, registration))

  const process = spawn(PROGRAM, ['-f', join(folder, 'httpd.conf'), '-D', 'FOREGROUND'], { stdio: 'ignore' })
  const origin = `http://localhost:${registration.port}`
  const stop = async (): Promise<void> => {
    await ended(process)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await answers(`${origin}/bye.html`, process)
  } catch (error) {
    const log = join(folder, 'error.log')
    const said = existsSync(log) ? readFileSync(log, 'utf8').slice(-2000) : ''
    await stop()
    throw new Error(`Apache did not start:\n${said}`, { cause: error })
  }
  return { origin, stop }
}

async function answers(url: string, process: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (process.exitCode !== null) throw new Error(`it ended with ${process.exitCode}`)
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return
    await pause(100)
  }
  throw new Error(`no answer at ${url}`)
}

function ended(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null) return Promise.resolve()
  const gone = new Promise<void>((resolve) => process.once('exit', () => resolve()))
  process.kill('SIGTERM')
  return gone
}

function configuration(folder: string, { port, issuer, clientId, clientSecret }: Registration): string {
  const modules = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'auth_openidc', 'headers', 'dir', 'mime', 'unixd']
  const loaded = modules.filter((name) => existsSync(join(MODULES, `mod_${name}.so`)))
  return `
ServerName localhost
Listen 127.0.0.1:${port}
ServerRoot "${folder}"
DefaultRuntimeDir "${folder}"
PidFile "${folder}/httpd.pid"
ErrorLog "${folder}/error.log"
DocumentRoot "${folder}/pages"
DirectoryIndex index.html
TypesConfig /dev/null
AddType text/html .html
${loaded.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`).join('\n')}
${process.getuid?.() === 0 ? 'User nobody\nGroup nogroup' : ''}

OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID ${clientId}
OIDCClientSecret ${clientSecret}
OIDCRedirectURI http://localhost:${port}/protected/callback
OIDCCryptoPassphrase ${clientSecret}-for-cookies
OIDCScope "openid profile"
OIDCRemoteUserClaim sub
OIDCCacheDir ${folder}

<Directory "${folder}/pages">
  AllowOverride None
  Require all granted
</Directory>
<Location /protected>
  AuthType openid-connect
  Require valid-user
  Header set X-Signed-In-As "%{OIDC_CLAIM_given_name}e"
</Location>
`
}
