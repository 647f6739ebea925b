/** Change of the password, with the policy told while typing. The server decides. */
import type { Me, PasswordChange } from '@gatehouse/core/my_account.ts'
import { Anchor, Button, Stack, Text, VisuallyHidden } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { ApiProblem } from '../api.ts'
import { useApi } from '../api_context.ts'
import { IconCheck, IconPoint } from '../icons.tsx'
import { useNotice } from '../notice.ts'
import { KEYS } from '../queries.ts'
import { fieldProblem, useRefusal } from '../refusal.ts'
import { isSure, proveAgain } from '../shell.ts'
import { useWords } from '../words.tsx'
import { Panel } from './panel.tsx'
import { SecretInput } from './secret_input.tsx'
import { ErrorNotice } from './states.tsx'

const UNTOUCHED: PasswordChange = { current_password: '', new_password: '' }

export function PasswordForm({ me }: { me: Me }) {
  const words = useWords()
  const { text } = words
  const api = useApi()
  const notice = useNotice()
  const queries = useQueryClient()
  const refusal = useRefusal()
  const [values, setValues] = useState(UNTOUCHED)
  const form = useRef<HTMLFormElement>(null)
  const rulesId = useId()

  const change = useMutation({
    mutationFn: () => api.write<void>('POST', '/password', { body: values }),
    onSuccess: async () => {
      setValues(UNTOUCHED)
      notice(text.security.changed)
      await Promise.all([queries.invalidateQueries({ queryKey: KEYS.me }), queries.invalidateQueries({ queryKey: KEYS.sessions })])
    },
  })
  useEffect(() => {
    if (change.error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [change.error])

  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate()
  }
  const field = (name: keyof PasswordChange) => ({
    name,
    label: text.security[name],
    value: values[name],
    required: true,
    withAsterisk: false,
    dir: 'ltr' as const,
    maxLength: 1024,
    error: fieldProblem(words, change.error, name),
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setValues((before) => ({ ...before, [name]: value }))
    },
  })
  const withFields = change.error instanceof ApiProblem && Object.keys(change.error.fields).length > 0

  if (me.passwordKeptUntil !== undefined)
    return (
      <Panel title={text.security.password}>
        <Text>
          {words.mix(text.safety.passwordKept, {
            date: words.date(me.passwordKeptUntil),
            recover: <Anchor href={`${api.shell.basePath}/recover`}>{text.safety.passwordRecover}</Anchor>,
          })}
        </Text>
      </Panel>
    )
  if (!isSure(me))
    return (
      <Panel title={text.security.password} intro={text.security.proveFirst}>
        <Button component="a" href={proveAgain(api.shell, '/account/security')}>
          {text.security.prove}
        </Button>
      </Panel>
    )
  return (
    <Panel title={text.security.password} intro={text.security.passwordIntro}>
      <form onSubmit={submit} ref={form}>
        <Stack gap="md" maw="26rem">
          {/* so that a password manager knows whose password changes */}
          <input type="text" name="username" autoComplete="username" value={me.profile.userName} readOnly hidden />
          <SecretInput {...field('current_password')} autoComplete="current-password" />
          <SecretInput {...field('new_password')} autoComplete="new-password" aria-describedby={rulesId} />
          <Rules id={rulesId} me={me} values={values} />
          {change.error && !withFields ? <ErrorNotice>{refusal(change.error)}</ErrorNotice> : null}
          <Button type="submit" loading={change.isPending} style={{ alignSelf: 'flex-start' }}>
            {text.security.change}
          </Button>
        </Stack>
      </form>
    </Panel>
  )
}

function Rules({ id, me, values }: { id: string; me: Me; values: PasswordChange }) {
  const { text, say } = useWords()
  const { security } = text
  const policy = me.passwordPolicy
  const typed = values.new_password
  const userName = me.profile.userName.toLowerCase()
  const rules = [
    {
      says: say(security.minimum, { count: policy.minimumLength }),
      met: [...typed].length >= policy.minimumLength,
      live: true,
      holds: true,
    },
    { says: security.username, met: typed !== '' && !typed.toLowerCase().includes(userName), live: true, holds: policy.refuseUserName },
    { says: security.different, met: typed !== '' && typed !== values.current_password, live: true, holds: true },
    { says: security.common, met: false, live: false, holds: policy.refuseCommon },
  ].filter(({ holds }) => holds)
  return (
    <Text size="sm" component="div" id={id}>
      {security.rules}
      <ul className="rule-list">
        {rules.map(({ says, met, live }) => (
          <li key={says} className={met ? 'rule-met' : undefined}>
            {met ? <IconCheck size={16} /> : <IconPoint size={16} />}
            <span>
              {says}
              {live ? <VisuallyHidden> ({met ? security.met : security.unmet})</VisuallyHidden> : null}
            </span>
          </li>
        ))}
      </ul>
    </Text>
  )
}
