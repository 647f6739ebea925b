/** A person's sessions: seen, counted, ended. */

import type { Session } from '@gatehouse/core/session.ts'
import { browserOf } from '@gatehouse/core/user_agent.ts'
import type { Value } from '@gatehouse/ports/table.ts'
import type { HostGroup, World } from '../host_function.ts'
import { loadUser } from './roles.ts'

const prelude = `
const sessionsOf = (user, of) => ask('userSessions', { user: idOf(user, of) })
const endSession = (user, session, of) => ask('endSession', { user: idOf(user, of), session: isMap(session) ? session.id : session })
give('getUserSessions', (user) => sessionsOf(user, 'getUserSessions'))
give('terminateUserSession', (user, session) => endSession(user, session, 'terminateUserSession'))
give('checkSessionExistence', () => ask('browserSession').exists)
give('getAuthenticatedApplications', () => ask('browserSession').applications)
give('isWithinSessionLimit', (given, map) => sessionsOf(given.currentKnownSubject, 'isWithinSessionLimit').length < Number(map.MaxSessionCount))
give('getSessionData', (given) => sessionsOf(given.currentKnownSubject, 'getSessionData'))
give('killSession', (given, map) => endSession(given.currentKnownSubject, map.sessionId, 'killSession'))

/** WSO2's SessionExecutor stands in a step; here it is a form, and the step's factors are not asked for. */
sessionLimit = (number, most, handlers) => {
  const user = context.currentKnownSubject
  const before = sessionsOf(user, 'SessionExecutor')
  if (before.length < most) return call(handlers, 'onSuccess', context, {})
  const inputs = before.map(({ id, ip, userAgent }, index) => ({ id: 'session' + index, type: 'checkbox', optional: 'true', label: [userAgent.browser, userAgent.platform, ip].filter(Boolean).join(' · ') }))
  const { parameters } = ask('prompt', { template: 'activeSessions', data: { inputs, most } })
  const chosen = before.filter((_, index) => parameters['session' + index] && parameters['session' + index][0] !== '')
  if (before.length - chosen.length >= most) return ask('fail', { errorCode: 'access_denied', errorMessage: 'the person has too many sessions' })
  for (const session of chosen) endSession(user, session.id, 'SessionExecutor')
  call(handlers, 'onSuccess', context, {})
}
`

export const sessions: HostGroup = {
  prelude,
  functions: {
    userSessions: {
      kind: 'reads',
      perform: async (world, args) => {
        const { id } = await loadUser(world, args)
        const all = await world.ctx.stores.sessions.list(id)
        return Promise.all(all.slice(0, 20).map((session) => shown(world, session)))
      },
      words: (_, value) => `has ${Array.isArray(value) ? value.length : 0} other sessions`,
    },
    endSession: {
      kind: 'acts',
      perform: async (world, args) => {
        const { id } = await loadUser(world, args)
        return world.powers.endSession(id, args.text('session') as Session['id'])
      },
      words: (_, value) => (value === true ? 'a session of the person was ended' : 'there was no session to end'),
    },
    browserSession: {
      kind: 'reads',
      perform: async ({ ctx, browserSession }) => ({
        exists: browserSession !== undefined,
        applications: browserSession?.clientId === undefined ? [] : [await applicationOf(ctx, browserSession.clientId)],
      }),
    },
  },
}

async function shown({ ctx }: World, { id, ip, userAgent, authTime, createdAt, clientId, place }: Session): Promise<Value> {
  const { browser = '', system = '' } = browserOf(userAgent)
  return {
    id,
    ip,
    userAgent: {
      raw: userAgent,
      rawString: userAgent,
      browser,
      platform: system,
      device: /Mobi|Android|iPhone|iPad/.test(userAgent) ? 'mobile' : 'desktop',
    },
    loginTime: createdAt * 1000,
    lastAccessTime: authTime * 1000,
    country: place?.country ?? null,
    applications: clientId === undefined ? [] : [await applicationOf(ctx, clientId)],
  }
}

async function applicationOf(ctx: World['ctx'], clientId: string): Promise<Value> {
  return { appId: clientId, appName: (await ctx.configuration.findApplicationAnywhere(clientId))?.client_name ?? clientId }
}
