/** Two fields that stand in several dialogs: the code that was sent or is shown by an app, and what the person calls a thing. */
import { TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { fieldProblem } from '../refusal.ts'
import { useWords } from '../words.tsx'

type FieldProps = {
  value: string
  onChange: (value: string) => void
  /** Of the last time that it was sent. */
  refused: Error | null
}

export function CodeField({ label, value, onChange, refused }: FieldProps & { label: ReactNode }) {
  const words = useWords()
  return (
    <TextInput
      label={label}
      name="otp"
      inputMode="numeric"
      autoComplete="one-time-code"
      dir="ltr"
      maxLength={12}
      value={value}
      error={fieldProblem(words, refused, 'otp')}
      onChange={(event) => onChange(event.currentTarget.value)}
      data-autofocus
    />
  )
}

export function FactorNameField({ value, onChange, refused, autofocus = false }: FieldProps & { autofocus?: boolean }) {
  const words = useWords()
  const { factors } = words.text
  return (
    <TextInput
      label={factors.name}
      description={factors.nameHint}
      name="name"
      autoComplete="off"
      dir="auto"
      maxLength={60}
      value={value}
      error={fieldProblem(words, refused, 'name')}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...(autofocus ? { 'data-autofocus': true } : {})}
    />
  )
}
