/** A dialog with a title of its own and whatever is asked in it. */
import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../words.tsx'

export function Dialog({ title, onClose, children }: { title: ReactNode; onClose: () => void; children: ReactNode }) {
  const { text } = useWords()
  return (
    <Modal.Root opened onClose={onClose} centered>
      <Modal.Overlay />
      <Modal.Content>
        {/* no <header>: the page has its one banner */}
        <Modal.Header component="div">
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label={text.states.close} />
        </Modal.Header>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
