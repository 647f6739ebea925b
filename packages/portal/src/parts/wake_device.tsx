/** Has this browser woken when a sign-in elsewhere waits, or no more. Nothing where browsers cannot be woken. */
import type { MyPushSubscription } from '@gatehouse/core/my_account.ts'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../api_context.ts'
import { useNotice } from '../notice.ts'
import { KEYS } from '../queries.ts'
import { beWoken, canBeWoken, sleep } from '../wake.ts'
import { useWords } from '../words.tsx'

export function WakeDevice() {
  const { wake } = useWords().text.push
  const api = useApi()
  const notice = useNotice()
  const queries = useQueryClient()
  const [denied, setDenied] = useState(canBeWoken() && Notification.permission === 'denied')
  const state = useQuery({
    queryKey: KEYS.pushSubscription,
    queryFn: ({ signal }) => api.get<MyPushSubscription>('/push-subscription', signal),
    enabled: canBeWoken(),
  })
  const isOn = state.data?.isOn === true
  const change = useMutation({
    mutationFn: async () => (isOn ? sleep(api) : setDenied((await beWoken(api)) === 'denied')),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEYS.pushSubscription }),
    onError: () => notice(wake.failed, 'bad'),
  })

  if (!canBeWoken() || state.data === undefined) return null
  return (
    <Group justify="space-between" gap="sm">
      <Stack gap={2} flex="1 1 14rem">
        <Text>{wake.title}</Text>
        <Text size="sm" c="dimmed" role="status">
          {denied ? wake.denied : isOn ? wake.on : wake.hint}
        </Text>
      </Stack>
      {denied ? null : (
        <Button variant="default" size="xs" loading={change.isPending} onClick={() => change.mutate()}>
          {isOn ? wake.stop : wake.start}
        </Button>
      )}
    </Group>
  )
}
