/** The person's second factors: each with its name, to be renamed or removed; what may be added; recovery codes. */
import type { CodeKind, Me, MyCredential } from '@gatehouse/core/my_account.ts'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useState } from 'react'
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
import { KEYS, useCredentials } from '../queries.ts'
import { isSure, proveAgain } from '../shell.ts'
import { useWords, type Words } from '../words.tsx'
import { AddFactor } from './add_factor.tsx'
import { Confirm } from './confirm.tsx'
import { Panel } from './panel.tsx'
import { PushFactor } from './push_factor.tsx'
import { RecoveryCodes } from './recovery_codes.tsx'
import { RenameFactor } from './rename_factor.tsx'
import { Failure, Loading } from './states.tsx'

const ICONS: Readonly<Record<MyCredential['kind'], DrawnIcon>> = {
  passkey: IconFingerprint,
  totp: IconShieldCheck,
  email_otp: IconMail,
  sms_otp: IconDeviceMobileMessage,
  recovery_code: IconKey,
  push: IconDeviceMobileCheck,
  x509: IconCertificate,
}

/** Fetched for whoever approves sign-ins. */
const WakeDevice = lazy(() => import('./wake_device.tsx').then((part) => ({ default: part.WakeDevice })))

type Doing =
  | { readonly what: 'add'; readonly kind: CodeKind }
  | { readonly what: 'rename' | 'remove'; readonly credential: MyCredential }
  | undefined

export function FactorList({ me }: { me: Me }) {
  const { text } = useWords()
  const { factors } = text
  const api = useApi()
  const credentials = useCredentials()
  const [doing, setDoing] = useState<Doing>()
  const done = () => setDoing(undefined)

  if (credentials.isPending) return <Loading rows={1} />
  if (credentials.isError) return <Failure error={credentials.error} retry={() => credentials.refetch()} />
  const { items, offered, pushOffered } = credentials.data
  const all = items.filter(({ kind }) => kind !== 'recovery_code')
  // passkeys and certificates have lists of their own
  const own = all.filter(({ kind }) => kind !== 'passkey' && kind !== 'x509')
  const kinds = offered.filter((kind) => kind !== 'passkey' && kind !== 'x509')
  const sure = isSure(me)
  return (
    <Panel title={factors.title} intro={all.length === 0 ? factors.none : factors.intro}>
      <Stack gap="lg">
        {own.length === 0 ? null : (
          <ul className="rows">
            {own.map((credential) => (
              <FactorRow key={credential.id} credential={credential} sure={sure} onDo={(what) => setDoing({ what, credential })} />
            ))}
          </ul>
        )}
        {sure ? null : (
          <Stack gap="xs" align="flex-start">
            <Text size="sm">{factors.proveFirst}</Text>
            <Button component="a" variant="default" href={proveAgain(api.shell, '/account/security')}>
              {text.security.prove}
            </Button>
          </Stack>
        )}
        {sure && all.length > 0 ? <RecoveryCodes codes={items.find(({ kind }) => kind === 'recovery_code')} /> : null}
        {sure && pushOffered ? <PushFactor /> : null}
        {me.approvesSignIns ? (
          <Suspense fallback={null}>
            <WakeDevice />
          </Suspense>
        ) : null}
        {sure && kinds.length > 0 ? <Offered offered={kinds} onAdd={(kind) => setDoing({ what: 'add', kind })} /> : null}
      </Stack>
      {doing?.what === 'add' ? <AddFactor me={me} kind={doing.kind} onClose={done} /> : null}
      {doing?.what === 'rename' ? <RenameFactor credential={doing.credential} onClose={done} /> : null}
      {doing?.what === 'remove' ? (
        <RemoveFactor
          credential={doing.credential}
          isLast={all.filter(({ kind }) => kind !== 'push').length === 1 && doing.credential.kind !== 'push'}
          onClose={done}
        />
      ) : null}
    </Panel>
  )
}

type RowProps = {
  credential: MyCredential
  sure: boolean
  onDo: (what: 'rename' | 'remove') => void
  /** What else is to be said of it. */
  children?: ReactNode
}

export function FactorRow({ credential, sure, onDo, children }: RowProps) {
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

function Offered({ offered, onAdd }: { offered: readonly CodeKind[]; onAdd: (kind: CodeKind) => void }) {
  const { text, say } = useWords()
  const { factors } = text
  return (
    <Stack gap="sm">
      <Text fw={600} component="h3">
        {factors.addTitle}
      </Text>
      <ul className="rows">
        {offered.map((kind) => (
          <li key={kind} className="row">
            <Group justify="space-between" gap="sm">
              <Stack gap={2} flex="1 1 14rem">
                <Text>{factors.kinds[kind]}</Text>
                <Text size="sm" c="dimmed">
                  {factors.hints[kind]}
                </Text>
              </Stack>
              <Button
                variant="default"
                size="xs"
                onClick={() => onAdd(kind)}
                aria-label={say(factors.addLabel, { factor: factors.kinds[kind] })}
              >
                {factors.add}
              </Button>
            </Group>
          </li>
        ))}
      </ul>
    </Stack>
  )
}

type RemoveProps = { credential: MyCredential; isLast: boolean; body?: string; done?: string; onClose: () => void }

export function RemoveFactor({ credential, isLast, body, done, onClose }: RemoveProps) {
  const { text, say } = useWords()
  const { factors } = text
  const api = useApi()
  const notice = useNotice()
  const queries = useQueryClient()
  const remove = useMutation({
    mutationFn: () => api.write<void>('DELETE', `/credentials/${credential.id}`),
    onSuccess: async () => {
      await Promise.all([queries.invalidateQueries({ queryKey: KEYS.credentials }), queries.invalidateQueries({ queryKey: KEYS.me })])
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
