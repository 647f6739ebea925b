/** Who may call: every function process gets an access key of its own, which says whose role it has. */
import { randomBytes } from 'node:crypto'
import type { Principal } from '../iam/authority.ts'
import type { Credentials } from './signature.ts'

export type Caller = { readonly principal: Principal; readonly credentials: Credentials }

export type Callers = {
  /** As STS gives them out: `session` names the process. */
  admit(roleArn: string, session: string): Caller
  find(accessKeyId: string): Caller | undefined
  /** The process has ended; its key opens nothing any more. */
  dismiss(accessKeyId: string): void
}

export function openCallers(): Callers {
  const callers = new Map<string, Caller>()
  return {
    admit(roleArn, session) {
      const credentials = {
        accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
        secretAccessKey: randomBytes(30).toString('base64'),
        sessionToken: randomBytes(48).toString('base64'),
      }
      const principal = { kind: 'role', arn: roleArn, name: roleArn.split('/').at(-1) ?? roleArn, session } as const
      const caller = { principal, credentials }
      callers.set(credentials.accessKeyId, caller)
      return caller
    },
    find: (accessKeyId) => callers.get(accessKeyId),
    dismiss: (accessKeyId) => void callers.delete(accessKeyId),
  }
}
