/** The queues of the plan: what is in them, who has received what, and where a message goes that was received too often. */
import { randomUUID } from 'node:crypto'
import type { BoxClock } from '../box_clock.ts'

export type QueueDefinition = {
  readonly arn: string
  readonly url: string
  readonly visibilitySeconds: number
  readonly redrive?: { readonly deadLetters: string; readonly maxReceives: number }
}

export type Received = {
  readonly id: string
  readonly receipt: string
  readonly body: string
  readonly receives: number
  readonly sentAt: number
}

export type Queue = {
  readonly arn: string
  /** The id of the message. */
  send(body: string, delaySeconds?: number): string
  receive(limit: number, visibilitySeconds?: number): Received[]
  /** A receipt that was replaced by a later one removes nothing, as SQS may. */
  remove(receipt: string): void
  hide(receipt: string, seconds: number): void
  counts(): { readonly visible: number; readonly hidden: number }
  /** Bodies of all that is in it, oldest first. */
  bodies(): readonly string[]
}

export type Queues = {
  byArn(arn: string): Queue | undefined
  byUrl(url: string): Queue | undefined
  all(): readonly Queue[]
  /** Called after something was sent or became visible again. */
  onChange(listener: () => void): void
}

type Message = { id: string; body: string; sentAt: number; visibleAt: number; receives: number; receipt: string | undefined }

export function openQueues(definitions: readonly QueueDefinition[], clock: BoxClock): Queues {
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of listeners) listener()
  }
  const contents = new Map<string, Message[]>(definitions.map(({ arn }) => [arn, []]))
  const queues = definitions.map((definition) => openQueue(definition, contents, clock, changed))
  clock.onAdvance(changed)
  return {
    byArn: (arn) => queues.find((queue) => queue.arn === arn),
    byUrl: (url) => queues[definitions.findIndex((definition) => definition.url === url)],
    all: () => queues,
    onChange: (listener) => void listeners.add(listener),
  }
}

function openQueue(definition: QueueDefinition, contents: ReadonlyMap<string, Message[]>, clock: BoxClock, changed: () => void): Queue {
  const { arn, redrive, visibilitySeconds } = definition
  const messages = contents.get(arn) ?? []
  const held = (receipt: string) => messages.find((message) => message.receipt === receipt)

  function dropped(message: Message): boolean {
    if (!redrive || message.receives < redrive.maxReceives) return false
    messages.splice(messages.indexOf(message), 1)
    contents.get(redrive.deadLetters)?.push({ ...message, receipt: undefined, visibleAt: clock.now(), receives: 0 })
    return true
  }

  return {
    arn,
    send(body, delaySeconds = 0) {
      const now = clock.now()
      const id = randomUUID()
      messages.push({ id, body, sentAt: now, visibleAt: now + delaySeconds * 1000, receives: 0, receipt: undefined })
      changed()
      return id
    },
    receive(limit, seconds = visibilitySeconds) {
      const now = clock.now()
      const ready = messages.filter((message) => message.visibleAt <= now && !dropped(message)).slice(0, limit)
      return ready.map((message) => {
        message.receives += 1
        message.receipt = randomUUID()
        message.visibleAt = now + seconds * 1000
        return { id: message.id, receipt: message.receipt, body: message.body, receives: message.receives, sentAt: message.sentAt }
      })
    },
    remove(receipt) {
      const message = held(receipt)
      if (message) messages.splice(messages.indexOf(message), 1)
    },
    hide(receipt, seconds) {
      const message = held(receipt)
      if (!message) return
      message.visibleAt = clock.now() + seconds * 1000
      changed()
    },
    counts() {
      const visible = messages.filter((message) => message.visibleAt <= clock.now()).length
      return { visible, hidden: messages.length - visible }
    },
    bodies: () => messages.map(({ body }) => body),
  }
}
