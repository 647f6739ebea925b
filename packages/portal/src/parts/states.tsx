/** What a screen shows while it waits, when it failed, and when there is nothing. */
import { Button, Skeleton, Stack, Text, ThemeIcon, Title, VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import { ApiProblem } from '../api.ts'
import { type DrawnIcon, IconAlertCircle, IconRefresh } from '../icons.tsx'
import { useWords } from '../words.tsx'

export function Loading({ rows = 3 }: { rows?: number }) {
  const { text } = useWords()
  return (
    <Stack gap="lg" aria-busy="true">
      <VisuallyHidden role="status">{text.states.loading}</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => `row ${row}`).map((row) => (
        <div key={row} className="panel" aria-hidden>
          <Skeleton height={18} width="45%" mb="md" />
          <Skeleton height={12} mb="xs" />
          <Skeleton height={12} width="75%" />
        </div>
      ))}
    </Stack>
  )
}

export function Failure({ error, retry }: { error: Error; retry: () => unknown }) {
  const { text } = useWords()
  // on the way to the sign-in page there is nothing to try again
  const leaving = error instanceof ApiProblem && (error.code === 'unauthenticated' || error.code === 'reauthentication_required')
  if (leaving) return <Text role="status">{text.states.signingIn}</Text>
  return (
    <div className="panel" role="alert">
      <Stack align="flex-start" gap="sm">
        <Title order={2} size="h4">
          {text.states.failedTitle}
        </Title>
        <Text>{sentenceOf(error, text.states)}</Text>
        <Button variant="default" leftSection={<IconRefresh size={18} />} onClick={() => retry()}>
          {text.states.retry}
        </Button>
      </Stack>
    </div>
  )
}

function sentenceOf(error: Error, states: { network: string; outage: string; missing: string }): string {
  if (!(error instanceof ApiProblem)) return states.outage
  if (error.status === 0) return states.network
  return error.status === 404 || error.status === 403 ? states.missing : states.outage
}

export function Empty({ Icon, title, children }: { Icon: DrawnIcon; title: string; children: ReactNode }) {
  return (
    <div className="panel">
      <Stack align="center" gap="xs" py="lg" ta="center">
        <ThemeIcon variant="light" size={52} radius="xl" aria-hidden>
          <Icon size={26} stroke={1.6} />
        </ThemeIcon>
        <Title order={2} size="h4">
          {title}
        </Title>
        <Text c="dimmed" maw="30rem">
          {children}
        </Text>
      </Stack>
    </div>
  )
}

export function ErrorNotice({ children }: { children: ReactNode }) {
  return (
    <div className="notice tone-bad" role="alert">
      <IconAlertCircle size={20} />
      <span>{children}</span>
    </div>
  )
}
