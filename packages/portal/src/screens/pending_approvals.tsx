/** The tasks that wait for the person's decision, or those that the person decided. */
import { Button, SegmentedControl, Stack } from '@mantine/core'
import { IconChecklist, IconInbox } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
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
  if (tasks.isPending) return <Loading rows={2} />
  if (tasks.isError && !tasks.data) return <Failure error={tasks.error} retry={() => tasks.refetch()} />
  const items = tasks.data?.pages.flatMap((page) => page.items) ?? []
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
        {items.map((task) => (
          <li key={`${task.requestId} ${task.level}`}>
            <TaskCard task={task} />
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
