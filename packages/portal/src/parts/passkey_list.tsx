/** The person's passkeys: each with its name, to be renamed or removed, and one more to be made. */
import type { Me, MyCredential } from '@gatehouse/core/my_account.ts'
import { Button, Stack, Text } from '@mantine/core'
import { browserSupportsWebAuthn } from '@simplewebauthn/browser'
import { useEffect, useState } from 'react'
import { IconFingerprint } from '../icons.tsx'
import { keepPasskeysInStep } from '../passkey_signals.ts'
import { useCredentials } from '../queries.ts'
import { isSure } from '../shell.ts'
import { useWords } from '../words.tsx'
import { AddPasskey } from './add_passkey.tsx'
import { CredentialRows, ProveFirst } from './credential_rows.tsx'
import { Panel } from './panel.tsx'
import { Failure, Loading } from './states.tsx'

export function PasskeyList({ me }: { me: Me }) {
  const { passkeys } = useWords().text
  const credentials = useCredentials()
  const [isAdding, setAdding] = useState(false)
  const signals = credentials.data?.passkeySignals
  useEffect(() => void keepPasskeysInStep(signals), [signals])

  if (credentials.isPending) return <Loading rows={1} />
  if (credentials.isError) return <Failure error={credentials.error} retry={() => credentials.refetch()} />
  const { items, offered } = credentials.data
  const all = items.filter(({ kind }) => kind !== 'recovery_code')
  const own = all.filter(({ kind }) => kind === 'passkey')
  const isOffered = offered.includes('passkey')
  if (own.length === 0 && !isOffered) return null
  const sure = isSure(me)
  return (
    <Panel title={passkeys.title} intro={passkeys.intro}>
      <Stack gap="lg">
        <CredentialRows
          credentials={own}
          sure={sure}
          none={passkeys.none}
          isLast={() => all.length === 1}
          removal={{ body: passkeys.removeBody, done: passkeys.removed }}
          facts={(credential) => <PasskeyFacts credential={credential} />}
        />
        {isOffered && sure ? <Add onAdd={() => setAdding(true)} /> : null}
        {sure ? null : <ProveFirst />}
      </Stack>
      {isAdding ? <AddPasskey isFirst={all.length === 0} onClose={() => setAdding(false)} /> : null}
    </Panel>
  )
}

function PasskeyFacts({ credential }: { credential: MyCredential }) {
  const { text, say, date } = useWords()
  const { passkeys } = text
  return (
    <>
      <Text size="sm" c="dimmed">
        {credential.synced ? passkeys.synced : passkeys.bound}
      </Text>
      {credential.copySuspectedAt === undefined ? null : (
        <Text size="sm" fw={600} c="danger" role="alert">
          {say(passkeys.copySuspected, { date: date(credential.copySuspectedAt) })}
        </Text>
      )}
    </>
  )
}

function Add({ onAdd }: { onAdd: () => void }) {
  const { passkeys } = useWords().text
  if (!browserSupportsWebAuthn()) return <Text size="sm">{passkeys.unsupported}</Text>
  return (
    <Button leftSection={<IconFingerprint size={18} />} onClick={onAdd} style={{ alignSelf: 'flex-start' }}>
      {passkeys.add}
    </Button>
  )
}
