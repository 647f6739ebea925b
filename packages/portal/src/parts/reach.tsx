/** How the person is reached: e-mail address and phone number, each changed by codes alone; a change that waits is shown with what is still to be done. */
import type { AddressChannel } from '@gatehouse/core/address_change.ts'
import type { Me, MyAddressChange } from '@gatehouse/core/my_account.ts'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../api_context.ts'
import { IconAlertTriangle, IconCircleCheck } from '../icons.tsx'
import { useNotice } from '../notice.ts'
import { KEYS, useAddressChanges } from '../queries.ts'
import { useRefusal } from '../refusal.ts'
import { isSure, proveAgain } from '../shell.ts'
import { useWords } from '../words.tsx'
import { ChangeAddress } from './change_address.tsx'
import { Confirm } from './confirm.tsx'
import { Panel } from './panel.tsx'
import { VerifyEmail } from './verify_email.tsx'

export function Reach({ me }: { me: Me }) {
  const { text } = useWords()
  const { safety } = text
  const api = useApi()
  const changes = useAddressChanges().data?.items ?? []
  const pendingOf = (channel: AddressChannel) => changes.find((change) => change.channel === channel)
  return (
    <Panel title={text.profile.reach}>
      <dl className="facts">
        <dt>{text.profile.email}</dt>
        <dd>
          <Address me={me} channel="email" pending={pendingOf('email')} />
        </dd>
        <dt>{text.profile.phone_number}</dt>
        <dd>
          <Address me={me} channel="phone_number" pending={pendingOf('phone_number')} />
        </dd>
      </dl>
      {isSure(me) ? null : (
        <Stack gap="xs" align="flex-start" mt="md">
          <Text size="sm">{safety.address.proveFirst}</Text>
          <Button component="a" variant="default" size="xs" href={proveAgain(api.shell, '/account/profile')}>
            {text.security.prove}
          </Button>
        </Stack>
      )}
    </Panel>
  )
}

type Doing = { readonly what: 'change' | 'code' | 'remove'; readonly value?: string } | undefined

function Address({ me, channel, pending }: { me: Me; channel: AddressChannel; pending: MyAddressChange | undefined }) {
  const { text } = useWords()
  const { address: words } = text.safety
  const [doing, setDoing] = useState<Doing>()
  const done = () => setDoing(undefined)
  const present = channel === 'email' ? me.profile.email : me.profile.phoneNumber
  const sure = isSure(me)
  return (
    <Stack gap={6} align="flex-start">
      {present ? <bdi dir="ltr">{present.value}</bdi> : <Text c="dimmed">{text.states.none}</Text>}
      {present ? <Verified verified={present.verified} /> : null}
      {present?.undeliverable ? <Undeliverable /> : null}
      {channel === 'email' && present && !present.verified ? <VerifyEmail email={present.value} /> : null}
      {pending ? <Pending change={pending} onType={() => setDoing({ what: 'code' })} /> : null}
      {sure ? (
        <Group gap="xs">
          {channel === 'phone_number' && present && !present.verified && !pending ? (
            <Button variant="default" size="xs" onClick={() => setDoing({ what: 'change', value: present.value })}>
              {words.verify}
            </Button>
          ) : null}
          <Button variant="default" size="xs" onClick={() => setDoing({ what: 'change' })}>
            {present ? words.change[channel] : words.add[channel]}
          </Button>
          {channel === 'phone_number' && present ? (
            <Button variant="default" size="xs" onClick={() => setDoing({ what: 'remove' })}>
              {words.remove}
            </Button>
          ) : null}
        </Group>
      ) : null}
      {doing?.what === 'change' ? (
        <ChangeAddress channel={channel} present={present?.value} value={doing.value ?? ''} onClose={done} />
      ) : null}
      {doing?.what === 'code' && pending ? (
        <ChangeAddress channel={channel} present={present?.value} value="" begun={pending} onClose={done} />
      ) : null}
      {doing?.what === 'remove' ? <RemoveNumber onClose={done} /> : null}
    </Stack>
  )
}

function Pending({ change, onType }: { change: MyAddressChange; onType: () => void }) {
  const { text, mix, say, dateTime } = useWords()
  const { address: words } = text.safety
  const api = useApi()
  const notice = useNotice()
  const refusal = useRefusal()
  const queries = useQueryClient()
  const cancel = useMutation({
    mutationFn: () => api.write<void>('DELETE', `/address-changes/${change.channel}`),
    onSuccess: () => notice(words.cancelled),
    onError: (error) => notice(refusal(error), 'bad'),
    onSettled: () => queries.invalidateQueries({ queryKey: KEYS.addressChanges }),
  })
  return (
    <div className="notice tone-now" role="status">
      <Stack gap="xs" align="flex-start">
        <span>
          {mix(words.waits, { address: <bdi dir="ltr">{change.address}</bdi> })} ({say(words.until, { time: dateTime(change.expiresAt) })})
        </span>
        <Group gap="xs">
          <Button variant="default" size="xs" onClick={onType}>
            {words.type}
          </Button>
          <Button variant="default" size="xs" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            {words.cancel}
          </Button>
        </Group>
      </Stack>
    </div>
  )
}

function RemoveNumber({ onClose }: { onClose: () => void }) {
  const { address: words } = useWords().text.safety
  const api = useApi()
  const notice = useNotice()
  const queries = useQueryClient()
  const remove = useMutation({
    mutationFn: () => api.write<Me>('DELETE', '/phone_number'),
    onSuccess: (me) => {
      queries.setQueryData(KEYS.me, me)
      notice(words.removed)
      onClose()
    },
  })
  return (
    <Confirm
      opened
      title={words.removeTitle}
      body={words.removeBody}
      action={words.remove}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    />
  )
}

/** Mail to this address does not arrive: the person is the one who can see what is wrong with it. */
function Undeliverable() {
  const { profile } = useWords().text
  return (
    <Text size="sm" role="status">
      <IconAlertTriangle size={15} /> {profile.undeliverable}
    </Text>
  )
}

function Verified({ verified }: { verified: boolean }) {
  const { profile } = useWords().text
  return verified ? (
    <span className="tag tone-good">
      <IconCircleCheck size={15} />
      {profile.verified}
    </span>
  ) : (
    <span className="tag">{profile.unverified}</span>
  )
}
