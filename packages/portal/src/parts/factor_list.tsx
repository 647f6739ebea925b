/** The person's second factors: each with its name, to be renamed or removed; what may be added; recovery codes. */
import type { CodeKind, Me } from '@gatehouse/core/my_account.ts'
import { Button, Group, Stack, Text } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useCredentials } from '../queries.ts'
import { isSure } from '../shell.ts'
import { useWords } from '../words.tsx'
import { AddFactor } from './add_factor.tsx'
import { CredentialRows, ProveFirst } from './credential_rows.tsx'
import { Panel } from './panel.tsx'
import { PushFactor } from './push_factor.tsx'
import { RecoveryCodes } from './recovery_codes.tsx'
import { Failure, Loading } from './states.tsx'

/** Fetched for whoever approves sign-ins. */
const WakeDevice = lazy(() => import('./wake_device.tsx').then((part) => ({ default: part.WakeDevice })))

export function FactorList({ me }: { me: Me }) {
  const { factors } = useWords().text
  const credentials = useCredentials()
  const [adding, setAdding] = useState<CodeKind>()

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
        <CredentialRows
          credentials={own}
          sure={sure}
          isLast={({ kind }) => kind !== 'push' && all.filter((one) => one.kind !== 'push').length === 1}
        />
        {sure ? null : <ProveFirst />}
        {sure && all.length > 0 ? <RecoveryCodes codes={items.find(({ kind }) => kind === 'recovery_code')} /> : null}
        {sure && pushOffered ? <PushFactor /> : null}
        {me.approvesSignIns ? (
          <Suspense fallback={null}>
            <WakeDevice />
          </Suspense>
        ) : null}
        {sure && kinds.length > 0 ? <Offered offered={kinds} onAdd={setAdding} /> : null}
      </Stack>
      {adding === undefined ? null : <AddFactor me={me} kind={adding} onClose={() => setAdding(undefined)} />}
    </Panel>
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
