/** A password field whose button says what it does next. */
import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useWords } from '../words.tsx'

export function SecretInput(props: PasswordInputProps) {
  const { security } = useWords().text
  const [visible, { toggle }] = useDisclosure(false)
  return (
    <PasswordInput
      {...props}
      visible={visible}
      onVisibilityChange={toggle}
      visibilityToggleButtonProps={{ 'aria-label': visible ? security.hide : security.show, tabIndex: 0 }}
    />
  )
}
