/** How a session was proven, and what was unusual about it then. */
import type { MySession } from '@gatehouse/core/my_account.ts'
import { Text } from '@mantine/core'
import { useWords } from '../words.tsx'

export function SessionSeen({ session }: { session: Pick<MySession, 'proven' | 'risk'> }) {
  const { text } = useWords()
  const { seen, factors } = text
  const { proven, risk } = session
  const kinds = { ...factors.kinds, ...seen.kinds }
  const names = proven.map((kind) => kinds[kind])
  return (
    <>
      <Text size="sm" c="dimmed">
        {seen.proven}: {names.join(', ')}
      </Text>
      {risk === undefined ? null : (
        <Text size="sm" c={risk.level === 'low' ? 'dimmed' : undefined}>
          {seen.levels[risk.level]}
          {risk.signals.length === 0 ? null : `: ${risk.signals.map((signal) => seen.signals[signal]).join(', ')}`}
        </Text>
      )}
    </>
  )
}
