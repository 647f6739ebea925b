/** Asks once more before something that cannot be taken back. */
import { Button, Group, Modal, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useRefusal } from '../refusal.ts'
import { useWords } from '../words.tsx'
import { ErrorNotice } from './states.tsx'

type Props = {
  opened: boolean
  title: ReactNode
  body: ReactNode
  action: string
  busy: boolean
  error: Error | null
  onConfirm: () => void
  onClose: () => void
}

export function Confirm({ opened, title, body, action, busy, error, onConfirm, onClose }: Props) {
  const { text } = useWords()
  const refusal = useRefusal()
  return (
    <Modal.Root opened={opened} onClose={onClose} centered>
      <Modal.Overlay />
      <Modal.Content>
        {/* no <header>: the page has its one banner */}
        <Modal.Header component="div">
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label={text.states.close} />
        </Modal.Header>
        <Modal.Body>
          <Text mb="lg">{body}</Text>
          {error ? <ErrorNotice>{refusal(error)}</ErrorNotice> : null}
          <Group justify="flex-end" mt="lg">
            <Button variant="default" onClick={onClose} data-autofocus>
              {text.states.cancel}
            </Button>
            <Button color="danger" loading={busy} onClick={onConfirm}>
              {action}
            </Button>
          </Group>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
