/** What the person has to prove who they are with, of one panel: a row each, to be renamed or removed; and the way to be sure of them first. */
import type { MyCredential } from '@gatehouse/core/my_account.ts'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useApi } from '../api_context.ts'
import {
  type DrawnIcon,
  IconCertificate,
  IconDeviceMobileCheck,
  IconDeviceMobileMessage,
  IconFingerprint,
  IconKey,
  IconMail,
  IconShieldCheck,
} from '../icons.tsx'
import { useNotice } from '../notice.ts'
import { useCredentialsChanged } from '../queries.ts'
import { proveAgain } from '../shell.ts'
import { useWords, type Words } from '../words.tsx'
import { Confirm } from './confirm.tsx'
import { RenameFactor } from './rename_factor.tsx'

const ICONS: Readonly<Record<MyCredential['kind'], DrawnIcon>> = {
  passkey: IconFingerprint,
  totp: IconShieldCheck,
  email_otp: IconMail,
  sms_otp: IconDeviceMobileMessage,
  recovery_code: IconKey,
  push: IconDeviceMobileCheck,
  x509: IconCertificate,
}

type RowsProps = {
  credentials: readonly MyCredential[]
  sure: boolean
  /** Said where there is none. */
  none?: string
  /** With it goes what stands in for a second factor. */
  isLast: (credential: MyCredential) => boolean
  /** In place of what is said of factors in general. */
  removal?: { readonly body: string; readonly done: string }
  /** What else is to be said of one. */
  facts?: (credential: MyCredential) => ReactNode
}

type Doing = { readonly what: 'rename' | 'remove'; readonly credential: MyCredential } | undefined

export function CredentialRows({ credentials, sure, none, isLast, removal, facts }: RowsProps) {
  const [doing, setDoing] = useState<Doing>()
  const done = () => setDoing(undefined)
  return (
    <>
      {credentials.length === 0 ? (
        none && <Text>{none}</Text>
      ) : (
        <ul className="rows">
          {credentials.map((credential) => (
            <CredentialRow key={credential.id} credential={credential} sure={sure} onDo={(what) => setDoing({ what, credential })}>
              {facts?.(credential)}
            </CredentialRow>
          ))}
        </ul>
      )}
      {doing?.what === 'rename' ? <RenameFactor credential={doing.credential} onClose={done} /> : null}
      {doing?.what === 'remove' ? (
        <RemoveCredential credential={doing.credential} isLast={isLast(doing.credential)} {...removal} onClose={done} />
      ) : null}
    </>
  )
}

/** For whoever was not sure of lately: nothing is changed before. */
export function ProveFirst() {
  const { text } = useWords()
  const api = useApi()
  return (
    <Stack gap="xs" align="flex-start">
      <Text size="sm">{text.factors.proveFirst}</Text>
      <Button component="a" variant="default" href={proveAgain(api.shell, '/account/security')}>
        {text.security.prove}
      </Button>
    </Stack>
  )
}

type RowProps = {
  credential: MyCredential
  sure: boolean
  onDo: (what: 'rename' | 'remove') => void
  children?: ReactNode
}

function CredentialRow({ credential, sure, onDo, children }: RowProps) {
  const { text, say, date, dateTime } = useWords()
  const { factors } = text
  const Icon = ICONS[credential.kind]
  const name = nameOf(text, credential)
  return (
    <li className="row">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Group align="flex-start" wrap="nowrap" gap="md" flex="1 1 14rem">
          <Icon size={24} stroke={1.6} className="row-icon" />
          <Stack gap={2} className="long">
            <Text fw={600}>
              <bdi>{name}</bdi>
            </Text>
            <Text size="sm" c="dimmed">
              {credential.name === '' ? null : factors.kinds[credential.kind]}
              {credential.name === '' || credential.address === undefined ? null : ' · '}
              {credential.address === undefined ? null : <bdi dir="ltr">{credential.address}</bdi>}
            </Text>
            <Text size="sm" c="dimmed">
              {say(factors.added, { date: date(credential.createdAt) })} ·{' '}
              {credential.lastUsedAt === undefined ? factors.unused : say(factors.used, { time: dateTime(credential.lastUsedAt) })}
            </Text>
            {children}
          </Stack>
        </Group>
        {sure ? (
          <Group gap="xs">
            <Button variant="default" size="xs" onClick={() => onDo('rename')} aria-label={say(factors.renameLabel, { factor: name })}>
              {factors.rename}
            </Button>
            <Button variant="default" size="xs" onClick={() => onDo('remove')} aria-label={say(factors.removeLabel, { factor: name })}>
              {factors.remove}
            </Button>
          </Group>
        ) : null}
      </Group>
    </li>
  )
}

type RemoveProps = { credential: MyCredential; isLast: boolean; body?: string; done?: string; onClose: () => void }

function RemoveCredential({ credential, isLast, body, done, onClose }: RemoveProps) {
  const { text, say } = useWords()
  const { factors } = text
  const api = useApi()
  const notice = useNotice()
  const credentialsChanged = useCredentialsChanged()
  const remove = useMutation({
    mutationFn: () => api.write<void>('DELETE', `/credentials/${credential.id}`),
    onSuccess: async () => {
      await credentialsChanged()
      notice(done ?? factors.removed)
      onClose()
    },
  })
  return (
    <Confirm
      opened
      title={say(factors.removeTitle, { factor: nameOf(text, credential) })}
      body={[body ?? factors.removeBody, isLast ? factors.removeLast : ''].filter(Boolean).join(' ')}
      action={factors.remove}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    />
  )
}

function nameOf({ factors }: Words['text'], { name, kind }: MyCredential): string {
  return name === '' ? factors.kinds[kind] : name
}
