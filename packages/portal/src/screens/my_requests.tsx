/** What the person asked for, and how far it is. */
import type { MyRequest } from '@gatehouse/core/my_account.ts'
import { Stack, Text, Title } from '@mantine/core'
import { IconSend } from '../icons.tsx'
import { operationName, StateTag } from '../parts/request_words.tsx'
import { Empty, Failure, Loading } from '../parts/states.tsx'
import { Steps } from '../parts/steps.tsx'
import { useMyRequests } from '../queries.ts'
import { useWords } from '../words.tsx'

export function MyRequests() {
  const { text } = useWords()
  const words = text.operations
  const requests = useMyRequests()
  if (requests.isPending) return <Loading rows={2} />
  if (requests.isError) return <Failure error={requests.error} retry={() => requests.refetch()} />
  if (requests.data.items.length === 0)
    return (
      <Empty Icon={IconSend} title={words.emptyRequestsTitle}>
        {words.emptyRequests}
      </Empty>
    )
  return (
    <ul className="plain-list">
      {requests.data.items.map((request) => (
        <li key={request.requestId}>
          <RequestCard request={request} />
        </li>
      ))}
    </ul>
  )
}

function RequestCard({ request }: { request: MyRequest }) {
  const words = useWords()
  const { text, say, dateTime } = words
  return (
    <article className="panel">
      <Stack gap="xs" mb="md">
        <Title order={2} size="h4">
          {operationName(words, request.operation)}
        </Title>
        <Text size="sm" c="dimmed">
          {say(text.operations.askedAt, { time: dateTime(request.askedAt) })}
          {request.finishedAt === undefined ? null : ` · ${say(text.operations.finished, { time: dateTime(request.finishedAt) })}`}
        </Text>
        <div>
          <StateTag state={request.state} />
        </div>
      </Stack>
      <Steps steps={request.steps} />
    </article>
  )
}
