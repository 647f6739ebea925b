/** The whole request: who asks, when, everything that was entered, the steps, and what the person may do. */
import { readableValue } from '@gatehouse/core/locale.ts'
import type { RequestDetail } from '@gatehouse/core/my_account.ts'
import { Stack, Text, Title } from '@mantine/core'
import { useRequestDetail } from '../queries.ts'
import { useWords } from '../words.tsx'
import { Decide } from './decide.tsx'
import { fieldName } from './request_words.tsx'
import { Failure, Loading } from './states.tsx'
import { Steps } from './steps.tsx'

type OnActed = (after: RequestDetail) => void

export function RequestView({ requestId, onActed }: { requestId: string; onActed: OnActed }) {
  const detail = useRequestDetail(requestId)
  if (detail.isPending) return <Loading rows={1} />
  if (detail.isError && !detail.data) return <Failure error={detail.error} retry={() => detail.refetch()} />
  return <Whole request={detail.data} onActed={onActed} />
}

type WholeProps = { request: RequestDetail; onActed?: OnActed /** Of its headings: one below what it stands under. */; order?: 2 | 3 }

export function Whole({ request, onActed, order = 3 }: WholeProps) {
  const words = useWords()
  const { text, dateTime } = words
  const { operations } = text
  return (
    <Stack gap="lg">
      <section>
        <Title order={order} size="h5" mb="sm">
          {operations.whole}
        </Title>
        <dl className="facts">
          <dt>{operations.asker}</dt>
          <dd>
            <bdi>{request.requester.name}</bdi>
          </dd>
          <dt>{operations.when}</dt>
          <dd>{dateTime(request.askedAt)}</dd>
          {request.data.map(({ name, value }) => (
            <FactRow key={name} name={fieldName(words, name)} value={readableValue(name, value, words.locale)} />
          ))}
          <dt>{operations.workflow}</dt>
          <dd>
            <bdi>{request.workflow}</bdi>
          </dd>
          <dt>{operations.reference}</dt>
          <dd>
            <bdi className="code">{request.requestId}</bdi>
          </dd>
        </dl>
        {request.data.length === 0 ? (
          <Text size="sm" c="dimmed" mt="sm">
            {operations.erased}
          </Text>
        ) : null}
      </section>
      <section>
        <Title order={order} size="h5" mb="sm">
          {operations.steps}
        </Title>
        <Steps steps={request.steps} />
      </section>
      <Decide request={request} onActed={onActed} />
    </Stack>
  )
}

function FactRow({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <bdi>{value}</bdi>
      </dd>
    </>
  )
}
