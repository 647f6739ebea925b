/** Changes an address: what the new one is, then the code that came to it, and, where the tenant asks for it, the one that came to the present one. */
import type { AddressChannel, AddressEnd } from '@gatehouse/core/address_change.ts'
import type { Me, MyAddressChange } from '@gatehouse/core/my_account.ts'
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ApiProblem } from '../api.ts'
import { useApi } from '../api_context.ts'
import { useNotice } from '../notice.ts'
import { KEYS } from '../queries.ts'
import { fieldProblem, useRefusal } from '../refusal.ts'
import { useWords } from '../words.tsx'
import { Dialog } from './dialog.tsx'
import { CodeField } from './factor_fields.tsx'
import { ErrorNotice } from './states.tsx'

type Props = {
  channel: AddressChannel
  present: string | undefined
  /** What the field begins with. */
  value: string
  /** One that waits already. */
  begun?: MyAddressChange
  onClose: () => void
}

export function ChangeAddress({ channel, present, value, begun, onClose }: Props) {
  const { address: words } = useWords().text.safety
  const queries = useQueryClient()
  const [change, setChange] = useState<MyAddressChange | undefined>(begun)
  const keep = (next: MyAddressChange) => {
    setChange(next)
    return queries.invalidateQueries({ queryKey: KEYS.addressChanges })
  }
  const end = change?.due[0]
  return (
    <Dialog title={words.change[channel]} onClose={onClose}>
      {change && end ? (
        <TypeCode key={end} change={change} end={end} present={present} onProven={keep} onClose={onClose} />
      ) : (
        <AskAddress channel={channel} value={value} onBegun={keep} />
      )}
    </Dialog>
  )
}

function AskAddress({
  channel,
  value,
  onBegun,
}: {
  channel: AddressChannel
  value: string
  onBegun: (change: MyAddressChange) => unknown
}) {
  const words = useWords()
  const { address: text } = words.text.safety
  const api = useApi()
  const refusal = useRefusal()
  const [address, setAddress] = useState(value)
  const begin = useMutation({
    mutationFn: () => api.write<MyAddressChange>('POST', `/address-changes/${channel}`, { body: { address } }),
    onSuccess: onBegun,
  })
  const problem = fieldProblem(words, begin.error, 'address')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    begin.mutate()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label={text.label[channel]}
          description={text.hint[channel]}
          name={channel}
          type={channel === 'email' ? 'email' : 'tel'}
          autoComplete={channel === 'email' ? 'email' : 'tel'}
          dir="ltr"
          value={address}
          error={problem}
          onChange={(event) => setAddress(event.currentTarget.value)}
          data-autofocus
        />
        {begin.error && problem === undefined ? <ErrorNotice>{refusal(begin.error)}</ErrorNotice> : null}
        <Button type="submit" loading={begin.isPending} style={{ alignSelf: 'flex-start' }}>
          {text.send}
        </Button>
      </Stack>
    </form>
  )
}

type CodeProps = {
  change: MyAddressChange
  end: AddressEnd
  present: string | undefined
  onProven: (change: MyAddressChange) => unknown
  onClose: () => void
}

function TypeCode({ change, end, present, onProven, onClose }: CodeProps) {
  const words = useWords()
  const { address: text } = words.text.safety
  const { channel } = change
  const api = useApi()
  const notice = useNotice()
  const queries = useQueryClient()
  const refusal = useRefusal()
  const [otp, setOtp] = useState('')
  const confirm = useMutation({
    mutationFn: () => api.write<Me | MyAddressChange>('POST', `/address-changes/${channel}/confirm`, { body: { end, otp } }),
    onSuccess: async (answer) => {
      if (!('profile' in answer)) {
        notice(text.next)
        return onProven(answer)
      }
      queries.setQueryData(KEYS.me, answer)
      await queries.invalidateQueries({ queryKey: KEYS.addressChanges })
      notice(text.changed[channel])
      onClose()
    },
  })
  const resend = useMutation({
    mutationFn: () => api.write<void>('POST', `/address-changes/${channel}/resend`, { body: { end } }),
    onSuccess: () => notice(text.resent),
    onError: (error) => notice(refusal(error), 'bad'),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    confirm.mutate()
  }
  const withFields = confirm.error instanceof ApiProblem && Object.keys(confirm.error.fields).length > 0
  const address = end === 'new' ? change.address : (present ?? '')
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text role="status">{words.mix(text.sent[end], { address: <bdi dir="ltr">{address}</bdi> })}</Text>
        <CodeField label={text.code[end]} value={otp} onChange={setOtp} refused={confirm.error} />
        {confirm.error && !withFields ? <ErrorNotice>{refusal(confirm.error)}</ErrorNotice> : null}
        <Group>
          <Button type="submit" loading={confirm.isPending}>
            {text.confirm}
          </Button>
          <Button variant="default" loading={resend.isPending} onClick={() => resend.mutate()}>
            {text.resend}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
