/** Makes a passkey: what it is and what follows from it, a name if one likes, then the browser asks. */
import type { BegunPasskey, MyCredential } from '@gatehouse/core/my_account.ts'
import { Button, Stack, Text } from '@mantine/core'
import { type PublicKeyCredentialCreationOptionsJSON, startRegistration, WebAuthnError } from '@simplewebauthn/browser'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ApiProblem } from '../api.ts'
import { useApi } from '../api_context.ts'
import { useNotice } from '../notice.ts'
import { useCredentialsChanged } from '../queries.ts'
import { fieldProblem, useRefusal } from '../refusal.ts'
import { useWords, type Words } from '../words.tsx'
import { Dialog } from './dialog.tsx'
import { FactorNameField } from './factor_fields.tsx'
import { ErrorNotice } from './states.tsx'

/** `isFirst`: nothing but the password was asked for so far. */
export function AddPasskey({ isFirst, onClose }: { isFirst: boolean; onClose: () => void }) {
  const words = useWords()
  const { passkeys } = words.text
  const api = useApi()
  const notice = useNotice()
  const credentialsChanged = useCredentialsChanged()
  const refusal = useRefusal()
  const [name, setName] = useState('')
  const add = useMutation({
    mutationFn: async () => {
      const { options } = await api.write<BegunPasskey>('POST', '/credentials/passkey/begin', { body: {} })
      // As the server wrote them, in the form of WebAuthn Level 3 section 5.1.8.
      const made = await startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON })
      return api.write<MyCredential>('POST', '/credentials/passkey', { body: { passkey: JSON.stringify(made), name } })
    },
    onSuccess: async () => {
      await credentialsChanged()
      notice(passkeys.added)
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    add.mutate()
  }
  const problem = fieldProblem(words, add.error, 'name')
  return (
    <Dialog title={passkeys.addTitle} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text>{passkeys.addBody}</Text>
          {isFirst ? <Text>{passkeys.addConsequence}</Text> : null}
          <FactorNameField value={name} onChange={setName} refused={add.error} autofocus />
          {add.error && problem === undefined ? (
            <ErrorNotice>{browserRefusal(words, add.error) ?? fieldProblem(words, add.error, 'passkey') ?? refusal(add.error)}</ErrorNotice>
          ) : null}
          <Button type="submit" loading={add.isPending} style={{ alignSelf: 'flex-start' }}>
            {passkeys.go}
          </Button>
        </Stack>
      </form>
    </Dialog>
  )
}

/** Why the browser made none; undefined where it was not the browser. */
function browserRefusal({ text: { passkeys } }: Pick<Words, 'text'>, error: Error): string | undefined {
  if (error instanceof ApiProblem) return undefined
  const { name } = error instanceof WebAuthnError && error.cause instanceof Error ? error.cause : error
  if (name === 'InvalidStateError') return passkeys.known
  return name === 'NotAllowedError' || name === 'AbortError' ? passkeys.cancelled : passkeys.unable
}
