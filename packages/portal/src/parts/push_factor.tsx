/** Switches approvals in My Account on: beside another second factor, which vouches for the session that approves. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useApi } from '../api_context.ts'
import { useNotice } from '../notice.ts'
import { useCredentialsChanged } from '../queries.ts'
import { useRefusal } from '../refusal.ts'
import { useWords } from '../words.tsx'

export function PushFactor() {
  const { text } = useWords()
  const { push, factors } = text
  const api = useApi()
  const notice = useNotice()
  const credentialsChanged = useCredentialsChanged()
  const refusal = useRefusal()
  const enrol = useMutation({
    mutationFn: () => api.write<void>('POST', '/credentials/push'),
    onSuccess: async () => {
      await credentialsChanged()
      notice(factors.done)
    },
    onError: (error) => notice(refusal(error), 'bad'),
  })
  return (
    <Group justify="space-between" gap="sm">
      <Stack gap={2} flex="1 1 14rem">
        <Text>{factors.kinds.push}</Text>
        <Text size="sm" c="dimmed">
          {push.hint}
        </Text>
      </Stack>
      <Button variant="default" size="xs" loading={enrol.isPending} onClick={() => enrol.mutate()}>
        {push.enrol}
      </Button>
    </Group>
  )
}
