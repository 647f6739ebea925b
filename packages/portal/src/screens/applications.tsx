/** Applications and consents: what was shared with whom, since when, for what; and taking it back. */

import type { MyConsent } from '@gatehouse/core/my_account.ts'
import { CLAIMS_OF_SCOPE } from '@gatehouse/core/scope.ts'
import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useApi } from '../api_context.ts'
import { IconApps } from '../icons.tsx'
import { useNotice } from '../notice.ts'
import { Confirm } from '../parts/confirm.tsx'
import { Monogram } from '../parts/monogram.tsx'
import { PageHeader } from '../parts/page_header.tsx'
import { Empty, Failure, Loading } from '../parts/states.tsx'
import { KEYS, useConsents } from '../queries.ts'
import { useWords } from '../words.tsx'

export function Applications() {
  const { text } = useWords()
  return (
    <>
      <PageHeader title={text.applications.title}>{text.applications.intro}</PageHeader>
      <ConsentList />
    </>
  )
}

function ConsentList() {
  const { text, say, mix } = useWords()
  const words = text.applications
  const api = useApi()
  const notice = useNotice()
  const queries = useQueryClient()
  const consents = useConsents()
  const [asked, setAsked] = useState<MyConsent>()
  const withdraw = useMutation({
    mutationFn: (consent: MyConsent) => api.write<void>('DELETE', `/consents/${encodeURIComponent(consent.clientId)}`),
    onSuccess: (_, consent) => {
      setAsked(undefined)
      notice(say(words.revoked, { application: consent.applicationName }))
    },
    onSettled: () =>
      Promise.all([queries.invalidateQueries({ queryKey: KEYS.consents }), queries.invalidateQueries({ queryKey: KEYS.sessions })]),
  })

  if (consents.isPending) return <Loading rows={2} />
  if (consents.isError) return <Failure error={consents.error} retry={() => consents.refetch()} />
  if (consents.data.items.length === 0)
    return (
      <Empty Icon={IconApps} title={words.emptyTitle}>
        {words.empty}
      </Empty>
    )
  return (
    <>
      <ul className="plain-list">
        {consents.data.items.map((consent) => (
          <li key={consent.clientId}>
            <ConsentCard consent={consent} onWithdraw={() => setAsked(consent)} />
          </li>
        ))}
      </ul>
      <Confirm
        opened={asked !== undefined}
        title={asked ? mix(words.revokeTitle, { application: <bdi>{asked.applicationName}</bdi> }) : ''}
        body={words.revokeBody}
        action={words.revoke}
        busy={withdraw.isPending}
        error={withdraw.error}
        onConfirm={() => asked && withdraw.mutate(asked)}
        onClose={() => {
          setAsked(undefined)
          withdraw.reset()
        }}
      />
    </>
  )
}

function ConsentCard({ consent, onWithdraw }: { consent: MyConsent; onWithdraw: () => void }) {
  const { text, say, date, claim, scope } = useWords()
  const words = text.applications
  const id = useId()
  const granted = date(consent.grantedAt)
  const changed = date(consent.updatedAt)
  // that it is this person is what every application knows
  // What stands for attributes is listed attribute by attribute, as it was allowed.
  const scopes = consent.scopes.filter((name) => name !== 'openid' && !Object.hasOwn(CLAIMS_OF_SCOPE, name))
  const links = [
    { href: consent.clientUri, label: words.website },
    { href: consent.policyUri, label: words.policy },
  ].flatMap(({ href, label }) => (href === undefined ? [] : [{ href, label }]))
  return (
    <article className="panel" aria-labelledby={id}>
      <Group justify="space-between" align="flex-start" gap="sm" mb="md">
        <Group wrap="nowrap" gap="md" flex="1 1 12rem" miw={0}>
          <Monogram name={consent.applicationName} />
          <Stack gap={0} className="long">
            <Title order={2} size="h4" id={id}>
              <bdi>{consent.applicationName}</bdi>
            </Title>
            <Text size="sm" c="dimmed">
              {say(words.since, { date: granted })}
              {changed === granted ? null : ` · ${say(words.changed, { date: changed })}`}
            </Text>
          </Stack>
        </Group>
        <Button
          variant="default"
          color="danger"
          onClick={onWithdraw}
          aria-label={say(words.revokeLabel, { application: consent.applicationName })}
        >
          {words.revoke}
        </Button>
      </Group>
      <dl className="facts">
        {consent.purpose === undefined ? null : (
          <>
            <dt>{words.purpose}</dt>
            <dd dir="auto">{consent.purpose}</dd>
          </>
        )}
        <dt>{words.claims}</dt>
        <dd>{consent.claims.length === 0 ? words.nothing : <Names names={consent.claims.map(claim)} />}</dd>
        {scopes.length === 0 ? null : (
          <>
            <dt>{words.scopes}</dt>
            <dd>
              <Names names={scopes.map(scope)} />
            </dd>
          </>
        )}
        {consent.declined.length === 0 ? null : (
          <>
            <dt>{words.declined}</dt>
            <dd>
              <Names names={consent.declined.map(claim)} />
            </dd>
          </>
        )}
      </dl>
      {links.length === 0 ? null : (
        <Group gap="md" mt="md">
          {links.map(({ href, label }) => (
            <Anchor key={label} href={href} target="_blank" rel="noopener noreferrer" size="sm">
              {label}
            </Anchor>
          ))}
        </Group>
      )}
    </article>
  )
}

function Names({ names }: { names: readonly string[] }) {
  return (
    <ul className="names">
      {names.map((name) => (
        <li key={name} className="tag">
          <bdi>{name}</bdi>
        </li>
      ))}
    </ul>
  )
}
