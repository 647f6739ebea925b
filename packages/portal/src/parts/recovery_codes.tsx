/** Recovery codes: how many are left, and new ones, which are shown once. */
import type { MyCredential } from '@gatehouse/core/my_account.ts'
import { Button, CopyButton, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../api_context.ts'
import { useNotice } from '../notice.ts'
import { KEYS } from '../queries.ts'
import { useRefusal } from '../refusal.ts'
import { useWords } from '../words.tsx'
import { Confirm } from './confirm.tsx'
import { Dialog } from './dialog.tsx'

export function RecoveryCodes({ codes }: { codes: MyCredential | undefined }) {
  const { text, say } = useWords()
  const { factors } = text
  const api = useApi()
  const notice = useNotice()
  const queries = useQueryClient()
  const refusal = useRefusal()
  const [asking, setAsking] = useState(false)
  const make = useMutation({
    mutationFn: () => api.write<{ readonly codes: readonly string[] }>('POST', '/credentials/recovery_code'),
    onSuccess: async () => {
      setAsking(false)
      await queries.invalidateQueries({ queryKey: KEYS.credentials })
    },
    onError: (error) => {
      if (codes === undefined) notice(refusal(error), 'bad')
    },
  })
  return (
    <Group justify="space-between" gap="sm">
      <Stack gap={2} flex="1 1 14rem">
        <Text fw={600} component="h3">
          {factors.kinds.recovery_code}
        </Text>
        <Text size="sm" c="dimmed">
          {codes === undefined ? factors.recoveryHint : say(factors.left, { count: codes.left ?? 0 })}
        </Text>
      </Stack>
      <Button variant="default" size="xs" loading={make.isPending} onClick={() => (codes === undefined ? make.mutate() : setAsking(true))}>
        {codes === undefined ? factors.recoveryNone : factors.recoveryMake}
      </Button>
      <Confirm
        opened={asking}
        title={factors.recoveryReplace}
        body={factors.recoveryReplaceBody}
        action={factors.recoveryMake}
        busy={make.isPending}
        error={make.error}
        onConfirm={() => make.mutate()}
        onClose={() => setAsking(false)}
      />
      {make.data ? <Shown codes={make.data.codes} onClose={() => make.reset()} /> : null}
    </Group>
  )
}

function Shown({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const { factors } = useWords().text
  return (
    <Dialog title={factors.recoveryTitle} onClose={onClose}>
      <Stack gap="md">
        <Text>{factors.recoveryKeep}</Text>
        <ul className="recovery-codes" dir="ltr">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <Group>
          <Button onClick={onClose} data-autofocus>
            {factors.recoveryDone}
          </Button>
          <CopyButton value={codes.join('\n')}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {copied ? factors.recoveryCopied : factors.recoveryCopy}
              </Button>
            )}
          </CopyButton>
        </Group>
      </Stack>
    </Dialog>
  )
}
