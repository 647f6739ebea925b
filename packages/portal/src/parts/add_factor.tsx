/** Adds a second factor: where codes go, or the picture for the app; then its first code. */
import type { BegunCredential, CodeKind, Me, MyCredential } from '@gatehouse/core/my_account.ts'
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { ApiProblem } from '../api.ts'
import { useApi } from '../api_context.ts'
import { useNotice } from '../notice.ts'
import { useCredentialsChanged } from '../queries.ts'
import { fieldProblem, useRefusal } from '../refusal.ts'
import { useWords } from '../words.tsx'
import { Dialog } from './dialog.tsx'
import { CodeField, FactorNameField } from './factor_fields.tsx'
import { ErrorNotice, Loading } from './states.tsx'

export function AddFactor({ me, kind, onClose }: { me: Me; kind: CodeKind; onClose: () => void }) {
  const { text } = useWords()
  const { factors } = text
  const api = useApi()
  const refusal = useRefusal()
  const begin = useMutation({
    mutationFn: (address?: string) =>
      api.write<BegunCredential>('POST', `/credentials/${kind}/begin`, { body: address === undefined ? {} : { address } }),
  })
  const started = useRef(false)
  useEffect(() => {
    // there is nothing to ask before the key of an app is made
    if (kind !== 'totp' || started.current) return
    started.current = true
    begin.mutate(undefined)
  }, [kind, begin])

  return (
    <Dialog title={factors.kinds[kind]} onClose={onClose}>
      {begin.data ? (
        <FirstCode kind={kind} begun={begin.data} onClose={onClose} />
      ) : kind === 'totp' ? (
        begin.error ? (
          <ErrorNotice>{refusal(begin.error)}</ErrorNotice>
        ) : (
          <Loading rows={1} />
        )
      ) : (
        <AskAddress me={me} kind={kind} busy={begin.isPending} error={begin.error} onSend={(address) => begin.mutate(address)} />
      )}
    </Dialog>
  )
}

type AskAddressProps = {
  me: Me
  kind: Exclude<CodeKind, 'totp'>
  busy: boolean
  error: Error | null
  onSend: (address: string) => void
}

function AskAddress({ me, kind, busy, error, onSend }: AskAddressProps) {
  const words = useWords()
  const { factors } = words.text
  const refusal = useRefusal()
  const isMail = kind === 'email_otp'
  const [address, setAddress] = useState((isMail ? me.profile.email : me.profile.phoneNumber)?.value ?? '')
  const problem = fieldProblem(words, error, 'address')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSend(address)
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label={isMail ? factors.email : factors.phone}
          {...(isMail ? {} : { description: factors.phoneHint })}
          name={isMail ? 'email' : 'phone_number'}
          type={isMail ? 'email' : 'tel'}
          autoComplete={isMail ? 'email' : 'tel'}
          dir="ltr"
          value={address}
          error={problem}
          onChange={(event) => setAddress(event.currentTarget.value)}
          data-autofocus
        />
        {error && problem === undefined ? <ErrorNotice>{refusal(error)}</ErrorNotice> : null}
        <Button type="submit" loading={busy} style={{ alignSelf: 'flex-start' }}>
          {factors.send}
        </Button>
      </Stack>
    </form>
  )
}

function FirstCode({ kind, begun, onClose }: { kind: CodeKind; begun: BegunCredential; onClose: () => void }) {
  const words = useWords()
  const { factors } = words.text
  const api = useApi()
  const notice = useNotice()
  const credentialsChanged = useCredentialsChanged()
  const refusal = useRefusal()
  const [otp, setOtp] = useState('')
  const [name, setName] = useState('')
  const confirm = useMutation({
    mutationFn: () => api.write<MyCredential>('POST', `/credentials/${kind}`, { body: { enrolment: begun.enrolment, otp, name } }),
    onSuccess: async () => {
      await credentialsChanged()
      notice(factors.done)
      onClose()
    },
  })
  const resend = useMutation({
    mutationFn: () => api.write<void>('POST', `/credentials/${kind}/resend`, { body: { enrolment: begun.enrolment } }),
    onSuccess: () => notice(factors.resent),
    onError: (error) => notice(refusal(error), 'bad'),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    confirm.mutate()
  }
  const withFields = confirm.error instanceof ApiProblem && Object.keys(confirm.error.fields).length > 0
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {begun.totp ? <Picture totp={begun.totp} /> : null}
        {begun.address === undefined ? null : (
          <Text role="status">{words.mix(factors.sent, { address: <bdi dir="ltr">{begun.address}</bdi> })}</Text>
        )}
        <CodeField label={factors.code} value={otp} onChange={setOtp} refused={confirm.error} />
        <FactorNameField value={name} onChange={setName} refused={confirm.error} />
        {confirm.error && !withFields ? <ErrorNotice>{refusal(confirm.error)}</ErrorNotice> : null}
        <Group>
          <Button type="submit" loading={confirm.isPending}>
            {factors.confirm}
          </Button>
          {begun.address === undefined ? null : (
            <Button variant="default" loading={resend.isPending} onClick={() => resend.mutate()}>
              {factors.resend}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}

function Picture({ totp }: { totp: NonNullable<BegunCredential['totp']> }) {
  const { factors } = useWords().text
  return (
    <Stack gap="xs">
      <Text>{factors.scan}</Text>
      <img className="qr" src={`data:image/svg+xml,${encodeURIComponent(totp.qr)}`} alt={factors.picture} />
      <Text size="sm">
        {factors.key}{' '}
        <bdi className="key" dir="ltr">
          {totp.key.match(/.{1,4}/g)?.join(' ')}
        </bdi>
      </Text>
    </Stack>
  )
}
