/** A part of a screen with a heading of its own. */
import { Group, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'

export function Panel({ title, intro, action, children }: { title: string; intro?: string; action?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section className="panel" aria-labelledby={id}>
      <Group justify="space-between" align="flex-start" mb="md" gap="sm">
        <Stack gap={2} flex="1 1 12rem">
          <Title order={2} size="h4" id={id}>
            {title}
          </Title>
          {intro === undefined ? null : (
            <Text size="sm" c="dimmed">
              {intro}
            </Text>
          )}
        </Stack>
        {action}
      </Group>
      {children}
    </section>
  )
}
