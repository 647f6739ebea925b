/** The tasks that wait for the person's decision, or those that the person decided. */
import type { TaskSummary } from '@gatehouse/core/my_account.ts'
import { Button, SegmentedControl, Stack } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { IconChecklist, IconInbox } from '../icons.tsx'
import { Empty, Failure, Loading } from '../parts/states.tsx'
import { TaskCard } from '../parts/task_card.tsx'
import { type TaskView, useTasks } from '../queries.ts'
import { useWords } from '../words.tsx'

const route = getRouteApi('/operations/approvals')

export function PendingApprovals() {
  const { text } = useWords()
  const { state = 'waiting' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <Stack gap="md">
      <SegmentedControl
        aria-label={text.operations.views}
        value={state}
        onChange={(next) => navigate({ search: next === 'decided' ? { state: 'decided' } : {} })}
        data={[
          { value: 'waiting', label: text.operations.waiting },
          { value: 'decided', label: text.operations.decided },
        ]}
        style={{ alignSelf: 'flex-start' }}
      />
      <TaskList key={state} view={state} />
    </Stack>
  )
}

function TaskList({ view }: { view: TaskView }) {
  const { text } = useWords()
  const words = text.operations
  const tasks = useTasks(view)
  const [kept, setKept] = useState<readonly Kept[]>([])
  if (tasks.isPending) return <Loading rows={2} />
  if (tasks.isError && !tasks.data) return <Failure error={tasks.error} retry={() => tasks.refetch()} />
  const items = withKept(tasks.data?.pages.flatMap((page) => page.items) ?? [], kept)
  if (items.length === 0)
    return view === 'waiting' ? (
      <Empty Icon={IconInbox} title={words.emptyWaitingTitle}>
        {words.emptyWaiting}
      </Empty>
    ) : (
      <Empty Icon={IconChecklist} title={words.emptyDecidedTitle}>
        {words.emptyDecided}
      </Empty>
    )
  return (
    <>
      <ul className="plain-list">
        {items.map((task, index) => (
          <li key={`${task.requestId} ${task.level}`}>
            <TaskCard
              task={task}
              onActed={(after) =>
                setKept((before) => [...before.filter((one) => one.task.requestId !== after.requestId), { task: after, index }])
              }
            />
          </li>
        ))}
      </ul>
      {tasks.hasNextPage ? (
        <Button variant="default" loading={tasks.isFetchingNextPage} onClick={() => tasks.fetchNextPage()}>
          {text.states.more}
        </Button>
      ) : null}
    </>
  )
}

/** What was decided just now, here or by somebody faster, waits no more, but stays in sight where it was until the person goes elsewhere. */
type Kept = { readonly task: TaskSummary; readonly index: number }

function withKept(waiting: readonly TaskSummary[], kept: readonly Kept[]): readonly TaskSummary[] {
  const items = waiting.filter(({ requestId }) => !kept.some(({ task }) => task.requestId === requestId))
  for (const { task, index } of [...kept].sort((a, b) => a.index - b.index)) items.splice(index, 0, task)
  return items
}
