/** One request by its address: where the link of a mail leads. */
import { Anchor, Stack, Text } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ApiProblem } from '../api.ts'
import { IconArrowLeft } from '../icons.tsx'
import { PageHeader } from '../parts/page_header.tsx'
import { Whole } from '../parts/request_view.tsx'
import { operationName, StateTag } from '../parts/request_words.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { useMe, useRequestDetail } from '../queries.ts'
import { useWords } from '../words.tsx'

const route = getRouteApi('/approvals/$requestId')

export function Approval() {
  const { text } = useWords()
  const { requestId } = route.useParams()
  return (
    <Stack gap="md">
      <Anchor renderRoot={(props) => <Link to="/operations/approvals" {...props} />} size="sm">
        <IconArrowLeft size={16} className="flip" /> {text.operations.back}
      </Anchor>
      <Request requestId={requestId} />
    </Stack>
  )
}

function Request({ requestId }: { requestId: string }) {
  const words = useWords()
  const detail = useRequestDetail(requestId)
  if (detail.isPending) return <Loading rows={2} />
  if (detail.isError && !detail.data)
    return isNotTheirs(detail.error) ? <NotYours /> : <Failure error={detail.error} retry={() => detail.refetch()} />
  const request = detail.data
  const title = operationName(words, request.operation)
  return (
    <div>
      <PageHeader
        title={title}
        heading={
          <>
            {title}: <bdi>{request.requester.name}</bdi>
          </>
        }
      />
      <div className="panel">
        <Stack gap="md">
          <div>
            <StateTag state={request.state} />
          </div>
          <Whole request={request} order={2} />
        </Stack>
      </div>
    </div>
  )
}

function NotYours() {
  const { text, mix } = useWords()
  const me = useMe().data
  return (
    <div>
      <PageHeader title={text.operations.notYoursTitle} />
      <Text>{mix(text.operations.notYoursBody, { user: <bdi>{me?.profile.userName}</bdi> })}</Text>
    </div>
  )
}

function isNotTheirs(error: Error): boolean {
  return error instanceof ApiProblem && (error.status === 403 || error.status === 404)
}
