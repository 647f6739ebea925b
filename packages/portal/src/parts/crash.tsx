/** A screen that failed by a mistake of ours. */
import { Button, Stack, Text, Title } from '@mantine/core'
import { useWords } from '../words.tsx'

export function Crash() {
  const { text } = useWords()
  return (
    <div className="panel" role="alert">
      <Stack align="flex-start" gap="sm">
        <Title order={1} size="h3">
          {text.crash.title}
        </Title>
        <Text>{text.crash.body}</Text>
        <Button onClick={() => location.reload()}>{text.crash.reload}</Button>
      </Stack>
    </div>
  )
}
