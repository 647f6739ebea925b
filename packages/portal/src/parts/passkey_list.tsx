/** The person's passkeys: each with its name, to be renamed or removed, and one more to be made. */
import type { Me, MyCredential } from '@gatehouse/core/my_account.ts'
import { Button, Stack, Text } from '@mantine/core'
import { browserSupportsWebAuthn } from '@simplewebauthn/browser'
import { useEffect, useState } from 'react'
import { useApi } from '../api_context.ts'
import { IconFingerprint } from '../icons.tsx'
import { keepPasskeysInStep } from '../passkey_signals.ts'
import { useCredentials } from '../queries.ts'
import { isSure, proveAgain } from '../shell.ts'
import { useWords } from '../words.tsx'
import { AddPasskey } from './add_passkey.tsx'
import { FactorRow, RemoveFactor } from './factor_list.tsx'
import { Panel } from './panel.tsx'
import { RenameFactor } from './rename_factor.tsx'
import { Failure, Loading } from './states.tsx'

type Doing = { readonly what: 'add' } | { readonly what: 'rename' | 'remove'; readonly credential: MyCredential } | undefined

export function PasskeyList({ me }: { me: Me }) {
  const { text } = useWords()
  const { passkeys, factors } = text
  const api = useApi()
  const credentials = useCredentials()
  const [doing, setDoing] = useState<Doing>()
  const done = () => setDoing(undefined)
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
        {own.length === 0 ? (
          <Text>{passkeys.none}</Text>
        ) : (
          <ul className="rows">
            {own.map((credential) => (
              <FactorRow key={credential.id} credential={credential} sure={sure} onDo={(what) => setDoing({ what, credential })}>
                <PasskeyFacts credential={credential} />
              </FactorRow>
            ))}
          </ul>
        )}
        {isOffered && sure ? <Add onAdd={() => setDoing({ what: 'add' })} /> : null}
        {sure ? null : (
          <Stack gap="xs" align="flex-start">
            <Text size="sm">{factors.proveFirst}</Text>
            <Button component="a" variant="default" href={proveAgain(api.shell, '/account/security')}>
              {text.security.prove}
            </Button>
          </Stack>
        )}
      </Stack>
      {doing?.what === 'add' ? <AddPasskey isFirst={all.length === 0} onClose={done} /> : null}
      {doing?.what === 'rename' ? <RenameFactor credential={doing.credential} onClose={done} /> : null}
      {doing?.what === 'remove' ? (
        <RemoveFactor
          credential={doing.credential}
          isLast={all.length === 1}
          body={passkeys.removeBody}
          done={passkeys.removed}
          onClose={done}
        />
      ) : null}
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
