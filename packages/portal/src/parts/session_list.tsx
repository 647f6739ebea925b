/** The browsers in which the person is signed in; one, or all others, can be ended. */
import type { MySession } from '@gatehouse/core/my_account.ts'
import { placeName } from '@gatehouse/core/place.ts'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../api_context.ts'
import { IconDeviceDesktop, IconDeviceMobile } from '../icons.tsx'
import { useNotice } from '../notice.ts'
import { KEYS, useSessions } from '../queries.ts'
import { useRefusal } from '../refusal.ts'
import { useWords } from '../words.tsx'
import { Confirm } from './confirm.tsx'
import { Panel } from './panel.tsx'
import { SessionSeen } from './session_seen.tsx'
import { Failure, Loading } from './states.tsx'

const PHONES = new Set(['Android', 'iOS'])

export function SessionList() {
  const { text, say } = useWords()
  const { security } = text
  const api = useApi()
  const notice = useNotice()
  const queries = useQueryClient()
  const refusal = useRefusal()
  const sessions = useSessions()
  const [asking, setAsking] = useState(false)
  const reload = () => queries.invalidateQueries({ queryKey: KEYS.sessions })

  const end = useMutation({
    mutationFn: (session: MySession) => api.write<void>('DELETE', `/sessions/${session.id}`),
    onSuccess: () => notice(security.ended),
    onError: (error) => notice(refusal(error), 'bad'),
    onSettled: reload,
  })
  const endOthers = useMutation({
    mutationFn: () => api.write<{ readonly ended: number }>('DELETE', '/sessions'),
    onSuccess: ({ ended }) => {
      setAsking(false)
      notice(ended === 0 ? security.endedOthersNone : say(security.endedOthers, { count: ended }))
    },
    onSettled: reload,
  })

  if (sessions.isPending) return <Loading rows={1} />
  if (sessions.isError) return <Failure error={sessions.error} retry={() => sessions.refetch()} />
  const { items } = sessions.data
  const action =
    items.length > 1 ? (
      <Button variant="default" color="danger" onClick={() => setAsking(true)}>
        {security.endOthers}
      </Button>
    ) : undefined

  return (
    <Panel title={security.sessions} intro={items.length > 1 ? security.sessionsIntro : security.only} action={action}>
      <ul className="rows">
        {items.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            busy={end.isPending && end.variables?.id === session.id}
            onEnd={() => end.mutate(session)}
          />
        ))}
      </ul>
      <Confirm
        opened={asking}
        title={security.endOthersTitle}
        body={security.endOthersBody}
        action={security.endOthers}
        busy={endOthers.isPending}
        error={endOthers.error}
        onConfirm={() => endOthers.mutate()}
        onClose={() => setAsking(false)}
      />
    </Panel>
  )
}

function SessionRow({ session, busy, onEnd }: { session: MySession; busy: boolean; onEnd: () => void }) {
  const { text, say, dateTime, locale } = useWords()
  const { security } = text
  const name = nameOf(session, say, security)
  const since = dateTime(session.signedInAt)
  const Icon = session.system !== undefined && PHONES.has(session.system) ? IconDeviceMobile : IconDeviceDesktop
  return (
    <li className="row">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Group align="flex-start" wrap="nowrap" gap="md" flex="1 1 14rem">
          <Icon size={24} stroke={1.6} className="row-icon" />
          <Stack gap={2} className="long">
            <Group gap="xs">
              <Text fw={600}>
                <bdi>{name}</bdi>
              </Text>
              {session.current ? <span className="tag tone-good">{security.current}</span> : null}
            </Group>
            <Text size="sm" c="dimmed">
              {security.since} {since}
              {session.applicationName === undefined ? null : (
                <>
                  {' '}
                  · {security.for} <bdi>{session.applicationName}</bdi>
                </>
              )}
            </Text>
            <Text size="sm" c="dimmed">
              {session.place === undefined ? null : (
                <>
                  <bdi>{placeName(session.place, locale)}</bdi> ·{' '}
                </>
              )}
              {security.address} <bdi>{session.ip || '–'}</bdi> · {security.until} {dateTime(session.expiresAt)}
            </Text>
            <SessionSeen session={session} />
          </Stack>
        </Group>
        {session.current ? null : (
          <Button
            variant="default"
            size="xs"
            loading={busy}
            onClick={onEnd}
            aria-label={say(security.endLabel, { browser: name, time: since })}
          >
            {security.end}
          </Button>
        )}
      </Group>
    </li>
  )
}

type Say = ReturnType<typeof useWords>['say']
type SecurityWords = ReturnType<typeof useWords>['text']['security']

function nameOf(session: MySession, say: Say, words: SecurityWords): string {
  if (session.browser !== undefined && session.system !== undefined)
    return say(words.browserOn, { browser: session.browser, system: session.system })
  return session.browser ?? session.system ?? words.unknownBrowser
}
