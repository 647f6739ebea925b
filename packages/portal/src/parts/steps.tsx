/** The steps of a request: who may decide each, who did, when, and what they said. */
import type { ShownStep } from '@gatehouse/core/my_account.ts'
import { Text } from '@mantine/core'
import { type DrawnIcon, IconCheck, IconCircleDashed, IconClock, IconMinus, IconX } from '../icons.tsx'
import { useWords } from '../words.tsx'

const MARKS: Readonly<Record<ShownStep['state'], { Icon: DrawnIcon; tone: string }>> = {
  to_come: { Icon: IconCircleDashed, tone: '' },
  waiting: { Icon: IconClock, tone: 'tone-now' },
  approved: { Icon: IconCheck, tone: 'tone-good' },
  rejected: { Icon: IconX, tone: 'tone-bad' },
  expired: { Icon: IconClock, tone: 'tone-bad' },
  not_reached: { Icon: IconMinus, tone: '' },
}

export function Steps({ steps }: { steps: readonly ShownStep[] }) {
  return (
    <ol className="steps">
      {steps.map((step) => (
        <Step key={step.level} step={step} />
      ))}
    </ol>
  )
}

function Step({ step }: { step: ShownStep }) {
  const { text, say, mix, dateTime } = useWords()
  const { operations } = text
  const { Icon, tone } = MARKS[step.state]
  const { decision } = step
  const by = decision && { name: <bdi>{decision.by.name}</bdi> }
  return (
    <li>
      <span className={`step-mark ${tone}`} aria-hidden>
        <Icon size={15} />
      </span>
      <Text fw={600} component="p" className="long">
        <bdi>{step.name}</bdi>{' '}
        <Text span size="sm" c="dimmed" fw={400}>
          {operations.stepStates[step.state]}
        </Text>
      </Text>
      {decision && by ? (
        <>
          <Text size="sm">
            {mix(decision.verdict === 'approve' ? operations.approvedBy : operations.rejectedBy, by)}, {dateTime(decision.at)}
          </Text>
          {decision.comment === undefined ? null : (
            <blockquote className="said" aria-label={say(operations.commentOf, { name: decision.by.name })} dir="auto">
              {decision.comment}
            </blockquote>
          )}
        </>
      ) : step.approvers.length === 0 ? null : (
        <Text size="sm" c="dimmed">
          {mix(operations.approvers, { approvers: <bdi>{step.approvers.join(', ')}</bdi> })}
          {step.claimedBy ? <> · {mix(operations.claimedBy, { name: <bdi>{step.claimedBy.name}</bdi> })}</> : null}
        </Text>
      )}
      {step.unassigned ? (
        <Text size="sm" c="danger">
          {operations.unassigned}
        </Text>
      ) : null}
    </li>
  )
}
