/** Registers and decides over HTTP, as the forms do it. An answer that did not come is for the caller to ask about again. */
import type { Jar } from '../fixture/browser_jar.ts'
import { visitor } from './house_process.ts'

/** The request's id when the house said so; undefined when the name waits already, from an earlier try whose answer was lost. */
export async function register(port: number, userName: string): Promise<string | undefined> {
  const person = visitor(port)
  const profile = await person.submit(await person.get('/t/main/signup'), { username: userName })
  if (/waits for approval already/.test(profile.body)) return undefined
  const received = await person.submit(profile, {
    given_name: userName,
    family_name: 'Rider',
    email: `${userName}@example.org`,
    phone_number: '',
    new_password: 'seven green cabs',
    accept_terms: 'true',
  })
  const id = /req_[A-Za-z0-9_-]+/.exec(received.body)?.[0]
  if (id === undefined && !/waits for approval already/.test(received.body))
    throw new Error(`the registration of ${userName} was answered with ${received.status}`)
  return id
}

export async function signInManager(port: number, userName: string): Promise<Jar> {
  const manager = visitor(port)
  const arrived = await manager.submit(await manager.get('/t/main/login'), { username: userName, password: `${userName}123` })
  if (!arrived.url.pathname.endsWith('/account')) throw new Error(`${userName} was not signed in: ${arrived.status} at ${arrived.url}`)
  return manager
}

export type Task = { readonly requestId: string; readonly level: number; readonly requester: { readonly name: string } }

export async function tasksOf(manager: Jar): Promise<readonly Task[]> {
  const answer = await manager.get('/t/main/api/v1/me/approvals')
  if (answer.status !== 200) throw new Error(`the tasks were answered with ${answer.status}: ${answer.body}`)
  return JSON.parse(answer.body).items
}

/** True when the house said that it is decided so. */
export async function decide(manager: Jar, { requestId }: Task, verdict: 'approve' | 'reject'): Promise<boolean> {
  const shown = await manager.get(`/t/main/approvals/${requestId}?view=page`)
  if (!shown.body.includes('value="approve"')) return false
  const answer = await manager.submit(shown, { decision: verdict })
  return new RegExp(verdict === 'approve' ? 'You approved this request' : 'You rejected this request').test(answer.body)
}
