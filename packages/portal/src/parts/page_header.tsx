/** The title of a screen, also that of the window, and one sentence of what it is for. */
import { Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { useApi } from '../api_context.ts'
import { useWords } from '../words.tsx'

export function PageHeader({ title, heading, children }: { title: string; heading?: ReactNode; children?: ReactNode }) {
  const { text } = useWords()
  const { shell } = useApi()
  useEffect(() => {
    document.title = `${title} · ${text.title} · ${shell.displayName}`
  }, [title, text, shell])
  return (
    <Stack gap={4} mb="lg">
      <Title order={1} size="h2" className="long">
        {heading ?? title}
      </Title>
      {children === undefined ? null : <Text c="dimmed">{children}</Text>}
    </Stack>
  )
}
