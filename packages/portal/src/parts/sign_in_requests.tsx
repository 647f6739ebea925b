/** Sign-ins elsewhere that wait for this person: on every screen, asked for politely while the page is in view. */
import type { Me, MySignInRequests } from '@gatehouse/core/my_account.ts'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Fragment, useEffect, useRef, useState } from 'react'
import { useApi } from '../api_context.ts'
import { useNotice } from '../notice.ts'
import { KEYS, useSignInRequests } from '../queries.ts'
import { useRefusal } from '../refusal.ts'
import { proveAgain } from '../shell.ts'
import { useWords } from '../words.tsx'
import { Panel } from './panel.tsx'
import { ErrorNotice } from './states.tsx'

type SignInRequest = MySignInRequests['items'][number]
type Outcome = 'approved' | 'denied' | 'wrong_number'

export function SignInRequests({ me }: { me: Me }) {
  const requests = useSignInRequests(me.approvesSignIns)
  const [outcome, setOutcome] = useState<Outcome>()
  const { push } = useWords().text
  const notice = useNotice()
  const api = useApi()
  const count = requests.data?.items.length ?? 0
  const told = useRef(0)
  useEffect(() => {
    // wherever on the page the person is
    if (count > told.current) notice(push.title)
    told.current = count
  })
  useEffect(() => {
    if (me.approvesSignIns) void import('../wake.ts').then(({ stayWoken }) => stayWoken(api)).catch(notWoken)
  }, [me.approvesSignIns, api])
  if (!me.approvesSignIns) return null
  const items = requests.data?.items ?? []
  if (items.length === 0 && outcome === undefined) return null
  return (
    <Stack gap="md" mb="xl" aria-live="polite">
      {outcome === undefined ? null : <Decided outcome={outcome} onClose={() => setOutcome(undefined)} />}
      {items.map((item) => (
        <Waiting key={item.id + item.askedAt} request={item} mayApprove={requests.data?.mayApprove === true} onDecided={setOutcome} />
      ))}
    </Stack>
  )
}

/** The page that is open asks by itself; being woken is more than it needs. */
function notWoken(): void {}

type WaitingProps = { request: SignInRequest; mayApprove: boolean; onDecided: (outcome: Outcome) => void }

function Waiting({ request, mayApprove, onDecided }: WaitingProps) {
  const { text, say } = useWords()
  const { push } = text
  const api = useApi()
  const queries = useQueryClient()
  const refusal = useRefusal()
  const decide = useMutation({
    mutationFn: (body: { decision: 'approve' | 'deny'; number?: string }) =>
      api.write<{ outcome: Outcome }>('POST', `/sign-in-requests/${request.id}`, { body }),
    onSuccess: ({ outcome }) => onDecided(outcome),
    onSettled: () => queries.invalidateQueries({ queryKey: KEYS.signInRequests }),
  })
  return (
    <Panel title={push.title} intro={mayApprove ? push.intro : push.proveFirst}>
      <Stack gap="md">
        <Facts request={request} />
        {mayApprove ? (
          <Group gap="sm">
            {request.numbers.map((number) => (
              <Button
                key={number}
                variant="default"
                size="lg"
                disabled={decide.isPending}
                onClick={() => decide.mutate({ decision: 'approve', number })}
                aria-label={say(push.approve, { number })}
              >
                <bdi dir="ltr">{number}</bdi>
              </Button>
            ))}
          </Group>
        ) : (
          <Button component="a" style={{ alignSelf: 'flex-start' }} href={proveAgain(api.shell, '/account')}>
            {text.security.prove}
          </Button>
        )}
        {decide.error ? <ErrorNotice>{refusal(decide.error)}</ErrorNotice> : null}
        <Button
          variant="default"
          color="danger"
          style={{ alignSelf: 'flex-start' }}
          loading={decide.isPending && decide.variables.decision === 'deny'}
          onClick={() => decide.mutate({ decision: 'deny' })}
        >
          {push.deny}
        </Button>
      </Stack>
    </Panel>
  )
}

function Facts({ request }: { request: SignInRequest }) {
  const { text, say, dateTime } = useWords()
  const { push, security } = text
  const { applicationName, browser, system, ip, place } = request
  const device =
    browser !== undefined && system !== undefined
      ? say(security.browserOn, { browser, system })
      : (browser ?? system ?? security.unknownBrowser)
  const where = [place?.city, place?.country, ip].filter((part) => part !== undefined).join(', ')
  const rows = [
    [push.application, applicationName ?? text.title],
    [push.device, device],
    [push.where, where === '' ? '–' : where],
    [push.when, dateTime(request.askedAt)],
  ] as const
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </Fragment>
      ))}
    </dl>
  )
}

function Decided({ outcome, onClose }: { outcome: Outcome; onClose: () => void }) {
  const { text } = useWords()
  const { push } = text
  return (
    <Panel title={push.outcomes[outcome].title}>
      <Stack gap="md">
        <Text role="status">{push.outcomes[outcome].text}</Text>
        <Group gap="sm">
          {outcome === 'denied' ? (
            <Button component={Link} to="/security" onClick={onClose}>
              {push.secure}
            </Button>
          ) : null}
          <Button variant="default" onClick={onClose}>
            {text.states.close}
          </Button>
        </Group>
      </Stack>
    </Panel>
  )
}
