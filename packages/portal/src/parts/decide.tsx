/** Claim, release, approve, reject. What the server refuses is told, and the request is shown as it is then. */
import type { Verdict } from '@gatehouse/core/approval/request.ts'
import type { RequestDetail, TaskAction, TaskActionBody } from '@gatehouse/core/my_account.ts'
import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { ApiProblem } from '../api.ts'
import { useApi } from '../api_context.ts'
import { IconCheck, IconHandStop, IconX } from '../icons.tsx'
import { useNotice } from '../notice.ts'
import { KEYS } from '../queries.ts'
import { refusalText } from '../refusal.ts'
import { useWords, type Words } from '../words.tsx'
import { ErrorNotice } from './states.tsx'

type DecideProps = {
  request: RequestDetail
  /** After a decision, or a refusal: the list keeps the request in sight, though it may wait for this person no more. */
  onActed?: ((after: RequestDetail) => void) | undefined
}

export function Decide({ request, onActed }: DecideProps) {
  const words = useWords()
  const { text, mix } = words
  const { operations } = text
  const api = useApi()
  const notice = useNotice()
  const queries = useQueryClient()
  const draft = `gatehouse_comment_${request.requestId}`
  const [comment, setComment] = useState(() => sessionStorage.getItem(draft) ?? '')
  const may = (action: TaskAction) => request.may.includes(action)

  const act = useMutation({
    mutationFn: (action: TaskAction) => {
      const body: TaskActionBody = {
        level: request.level,
        ...(comment.trim() === '' || action === 'claim' || action === 'release' ? {} : { comment: comment.trim() }),
      }
      return api.write<RequestDetail | undefined>('POST', `/approvals/${request.requestId}/${action}`, { body })
    },
    onSuccess: (after, action) => {
      if (after) queries.setQueryData([...KEYS.approvals, 'request', request.requestId], after)
      if (!after?.decision) return notice(operations[DONE[action]])
      sessionStorage.removeItem(draft)
      onActed?.(after)
    },
    onError: () => onActed?.(request),
    // also after a refusal: it says that what is shown here is not how it is
    onSettled: () => queries.invalidateQueries({ queryKey: KEYS.approvals }),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const button = (event.nativeEvent as SubmitEvent).submitter
    const decision = button instanceof HTMLButtonElement ? button.value : ''
    if (decision === 'approve' || decision === 'reject') act.mutate(decision)
  }
  const busy = (action: TaskAction) => act.isPending && act.variables === action

  const takenByOther = request.state === 'waiting' && request.claimedBy !== undefined && !request.claimedByMe
  if (request.decision) return <Decided verdict={request.decision.verdict} isNew={act.isSuccess} />
  if (request.may.length === 0 && !takenByOther && !act.error) return null
  return (
    <Stack gap="md">
      {act.error ? <ErrorNotice>{refusalOf(words, act.error)}</ErrorNotice> : null}
      {takenByOther && request.claimedBy ? (
        <p className="notice tone-now" role="status">
          <IconHandStop size={20} />
          <span>{mix(operations.claimedByHint, { name: <bdi>{request.claimedBy.name}</bdi> })}</span>
        </p>
      ) : null}
      {may('approve') || may('reject') ? (
        <form onSubmit={submit}>
          <Stack gap="md">
            <Textarea
              name="comment"
              label={operations.comment}
              description={operations.commentHint}
              value={comment}
              onChange={(event) => {
                setComment(event.currentTarget.value)
                // it outlives the way to the sign-in page and back
                sessionStorage.setItem(draft, event.currentTarget.value)
              }}
              rows={4}
              maxLength={2000}
              dir="auto"
            />
            <Group gap="sm">
              {may('approve') ? (
                <Button
                  type="submit"
                  name="decision"
                  value="approve"
                  loading={busy('approve')}
                  disabled={act.isPending}
                  leftSection={<IconCheck size={18} />}
                >
                  {operations.approve}
                </Button>
              ) : null}
              {may('reject') ? (
                <Button
                  type="submit"
                  name="decision"
                  value="reject"
                  variant="default"
                  color="danger"
                  loading={busy('reject')}
                  disabled={act.isPending}
                  leftSection={<IconX size={18} />}
                >
                  {operations.reject}
                </Button>
              ) : null}
              {may('claim') ? (
                <Button
                  type="button"
                  variant="subtle"
                  loading={busy('claim')}
                  disabled={act.isPending}
                  onClick={() => act.mutate('claim')}
                  title={operations.claimHint}
                >
                  {operations.claim}
                </Button>
              ) : null}
              {may('release') ? (
                <Button
                  type="button"
                  variant="subtle"
                  loading={busy('release')}
                  disabled={act.isPending}
                  onClick={() => act.mutate('release')}
                >
                  {operations.release}
                </Button>
              ) : null}
            </Group>
            {may('claim') ? (
              <Text size="sm" c="dimmed">
                {operations.claimHint}
              </Text>
            ) : null}
          </Stack>
        </form>
      ) : null}
    </Stack>
  )
}

/** Where the form was, so that a person who decided just now is not left at the top of the page. */
function Decided({ verdict, isNew }: { verdict: Verdict; isNew: boolean }) {
  const { operations } = useWords().text
  const place = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (isNew) place.current?.focus()
  }, [isNew])
  return (
    <p className={`notice ${verdict === 'approve' ? 'tone-good' : 'tone-bad'}`} tabIndex={-1} ref={place}>
      {verdict === 'approve' ? <IconCheck size={20} /> : <IconX size={20} />}
      <span>{verdict === 'approve' ? operations.approvedByYou : operations.rejectedByYou}</span>
    </p>
  )
}

const DONE = { claim: 'claimed', release: 'released', approve: 'approvedByYou', reject: 'rejectedByYou' } as const satisfies Record<
  TaskAction,
  string
>

function refusalOf(words: Words, error: Error): string {
  const { operations } = words.text
  if (!(error instanceof ApiProblem)) return refusalText(words, error)
  if (error.status === 409) return operations.conflict
  if (error.code === 'forbidden' || error.status === 404) return operations.notYours
  return refusalText(words, error)
}
