/** The form of the profile. Only what was changed is sent, against the version that was seen. */
import { findLocale } from '@gatehouse/core/locale.ts'
import type { Me, MyProfile, ProfileChange, ProfileField } from '@gatehouse/core/my_account.ts'
import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { ApiProblem } from '../api.ts'
import { useApi } from '../api_context.ts'
import { useNotice } from '../notice.ts'
import { passkeysAfterProfile } from '../passkey_signals.ts'
import { KEYS } from '../queries.ts'
import { fieldProblem, useRefusal } from '../refusal.ts'
import { LANGUAGE_NAMES, useLanguage } from '../words.tsx'
import { Panel } from './panel.tsx'
import { ErrorNotice } from './states.tsx'

type Values = Readonly<Record<ProfileField, string>>

export function ProfileForm({ me, onDone }: { me: Me; onDone: () => void }) {
  const { words, choose } = useLanguage()
  const { text } = words
  const api = useApi()
  const notice = useNotice()
  const queries = useQueryClient()
  const refusal = useRefusal()
  const [values, setValues] = useState<Values>(valuesOf(me.profile))
  const form = useRef<HTMLFormElement>(null)

  const save = useMutation({
    mutationFn: (change: ProfileChange) => api.write<Me>('PATCH', '', { body: change, version: me.profile.version }),
    onSuccess: async (saved) => {
      queries.setQueryData(KEYS.me, saved)
      const chosen = saved.profile.locale !== me.profile.locale && saved.profile.locale !== undefined && findLocale(saved.profile.locale)
      const spoken = chosen ? await choose(chosen) : words
      notice(spoken.text.profile.saved)
      onDone()
      await passkeysAfterProfile(api)
    },
    onError: async (error) => {
      if (!isConflict(error)) return
      const fresh = await queries.fetchQuery<Me>({ queryKey: KEYS.me, queryFn: () => api.get<Me>(''), staleTime: 0 })
      setValues(valuesOf(fresh.profile))
    },
  })
  useEffect(() => {
    if (save.error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [save.error])

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const change = changeBetween(valuesOf(me.profile), values)
    if (Object.keys(change).length > 0) return save.mutate(change)
    notice(text.profile.unchanged)
    onDone()
  }
  const field = (name: ProfileField) => ({
    name,
    label: text.profile[name],
    value: values[name],
    error: fieldProblem(words, save.error, name),
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setValues((before) => ({ ...before, [name]: value }))
    },
  })

  return (
    <form onSubmit={submit} ref={form} noValidate>
      <Stack gap="md">
        {save.error && Object.keys(problemFields(save.error)).length === 0 ? (
          <ErrorNotice>{isConflict(save.error) ? text.profile.changedMeanwhile : refusal(save.error)}</ErrorNotice>
        ) : null}
        <Panel title={text.profile.about}>
          <Stack gap="md">
            <TextInput
              label={text.profile.userName}
              description={text.profile.userNameHint}
              value={me.profile.userName}
              readOnly
              variant="filled"
              name="username"
              autoComplete="username"
              dir="auto"
            />
            <TextInput {...field('given_name')} autoComplete="given-name" maxLength={256} dir="auto" data-autofocus autoFocus />
            <TextInput {...field('family_name')} autoComplete="family-name" maxLength={256} dir="auto" />
          </Stack>
        </Panel>
        <Panel title={text.profile.preferences}>
          <Stack gap="md">
            <NativeSelect
              {...field('locale')}
              description={text.profile.localeHint}
              data={[
                { value: '', label: text.profile.localeBrowser },
                ...me.tenant.locales.map((locale) => ({ value: locale, label: LANGUAGE_NAMES[locale] })),
              ]}
            />
            <NativeSelect
              {...field('timezone')}
              data={[{ value: '', label: text.profile.timezoneBrowser }, ...Intl.supportedValuesOf('timeZone')]}
            />
          </Stack>
        </Panel>
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {text.states.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {text.states.save}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function valuesOf(profile: MyProfile): Values {
  return {
    given_name: profile.givenName,
    family_name: profile.familyName,
    locale: profile.locale ?? '',
    timezone: profile.timezone ?? '',
  }
}

function changeBetween(before: Values, after: Values): ProfileChange {
  const names = Object.keys(after) as ProfileField[]
  return Object.fromEntries(names.filter((name) => after[name].trim() !== before[name]).map((name) => [name, after[name].trim()]))
}

function isConflict(error: Error): boolean {
  return error instanceof ApiProblem && error.status === 409
}

function problemFields(error: Error): Readonly<Record<string, string>> {
  return error instanceof ApiProblem ? error.fields : {}
}
