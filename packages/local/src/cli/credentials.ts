/** What `gatehouse login` keeps, by issuer, readable by its owner only. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { BadCommand } from './bad_command.ts'

export type Login = {
  readonly accessToken: string
  readonly refreshToken: string | undefined
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}
type Logins = Readonly<Record<string, Login>>

export function credentialsFile(environment: Readonly<Record<string, string | undefined>>): string {
  const home = environment.XDG_CONFIG_HOME ?? join(homedir(), '.config')
  return environment.GATEHOUSE_CREDENTIALS ?? join(home, 'gatehouse', 'credentials.json')
}

export async function findLogin(file: string, issuer: string): Promise<Login | undefined> {
  return (await read(file))[issuer]
}

/** Undefined forgets the login. */
export async function keepLogin(file: string, issuer: string, login: Login | undefined): Promise<void> {
  const { [issuer]: _old, ...others } = await read(file)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const fresh = `${file}.${process.pid}`
  await writeFile(fresh, JSON.stringify(login ? { ...others, [issuer]: login } : others), { mode: 0o600 })
  await rename(fresh, file)
}

async function read(file: string): Promise<Logins> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Logins
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw new BadCommand(`${file} cannot be read; remove it and sign in again`, { cause: error })
  }
}
