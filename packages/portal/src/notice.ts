/** Says for a moment that something was done, or that it was not. */
import { notifications } from '@mantine/notifications'
import { useWords } from './words.tsx'

export function useNotice(): (message: string, tone?: 'bad') => void {
  const { text } = useWords()
  return (message, tone) =>
    notifications.show({ message, color: tone === 'bad' ? 'danger' : 'brand', closeButtonProps: { 'aria-label': text.states.close } })
}
