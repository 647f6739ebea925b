/** One task in the list. **Show more** opens the whole request below it. */
import type { RequestDetail, TaskSummary } from '@gatehouse/core/my_account.ts'
import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useId, useState } from 'react'
import { IconChevronDown, IconChevronUp } from '../icons.tsx'
import { useWords } from '../words.tsx'
import { RequestView } from './request_view.tsx'
import { operationName, StateTag } from './request_words.tsx'

export function TaskCard({ task, onActed }: { task: TaskSummary; onActed: (after: RequestDetail) => void }) {
  const words = useWords()
  const { text, say, mix, dateTime } = words
  const { operations } = text
  const [opened, setOpened] = useState(false)
  const titleId = useId()
  const bodyId = useId()
  const { name } = task.requester
  return (
    <article className="panel" aria-labelledby={titleId}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={4} flex="1 1 14rem" className="long">
          <Title order={2} size="h4" id={titleId}>
            {operationName(words, task.operation)}: <bdi>{name}</bdi>
          </Title>
          <Text size="sm" c="dimmed">
            {mix(operations.askedAt, { time: dateTime(task.askedAt) })} ·{' '}
            {say(operations.step, { level: task.level + 1, levels: task.levels })}
          </Text>
          <Group gap="xs" mt={4}>
            <StateTag state={task.state} />
            <ClaimTag task={task} />
            {task.decision ? (
              <span className="tag">{task.decision.verdict === 'approve' ? operations.youApproved : operations.youRejected}</span>
            ) : null}
          </Group>
        </Stack>
        <Button
          variant="default"
          onClick={() => setOpened(!opened)}
          aria-expanded={opened}
          aria-controls={bodyId}
          aria-describedby={titleId}
          rightSection={opened ? <IconChevronUp size={18} /> : <IconChevronDown size={18} />}
        >
          {opened ? operations.showLess : operations.showMore}
        </Button>
      </Group>
      <div id={bodyId} className="task-body" hidden={!opened}>
        {opened ? <RequestView requestId={task.requestId} onActed={onActed} /> : null}
      </div>
    </article>
  )
}

function ClaimTag({ task }: { task: TaskSummary }) {
  const { operations } = useWords().text
  const { mix } = useWords()
  if (task.state !== 'waiting' || !task.claimedBy) return null
  return (
    <span className="tag tone-now">
      {task.claimedByMe ? operations.claimedByYou : mix(operations.claimedBy, { name: <bdi>{task.claimedBy.name}</bdi> })}
    </span>
  )
}
