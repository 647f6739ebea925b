/** Asks for another mail that confirms the address. */
import { Button, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useApi } from '../api_context.ts'
import { useRefusal } from '../refusal.ts'
import { useWords } from '../words.tsx'

export function VerifyEmail({ email }: { email: string }) {
  const { text, mix } = useWords()
  const api = useApi()
  const refusal = useRefusal()
  const send = useMutation({ mutationFn: () => api.write<void>('POST', '/email-verification') })
  if (send.isSuccess)
    return (
      <Text size="sm" role="status">
        {mix(text.profile.sent, { email: <bdi>{email}</bdi> })}
      </Text>
    )
  return (
    <>
      <Button variant="default" size="xs" loading={send.isPending} onClick={() => send.mutate()} style={{ alignSelf: 'flex-start' }}>
        {text.profile.sendAgain}
      </Button>
      {send.error ? (
        <Text size="sm" c="danger" role="alert">
          {refusal(send.error)}
        </Text>
      ) : null}
    </>
  )
}
