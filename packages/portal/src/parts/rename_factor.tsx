/** What the person calls a factor of theirs. */
import type { MyCredential } from '@gatehouse/core/my_account.ts'
import { Button, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useApi } from '../api_context.ts'
import { useNotice } from '../notice.ts'
import { KEYS } from '../queries.ts'
import { fieldProblem, useRefusal } from '../refusal.ts'
import { useWords } from '../words.tsx'
import { Dialog } from './dialog.tsx'
import { FactorNameField } from './factor_fields.tsx'
import { ErrorNotice } from './states.tsx'

export function RenameFactor({ credential, onClose }: { credential: MyCredential; onClose: () => void }) {
  const words = useWords()
  const { text } = words
  const api = useApi()
  const notice = useNotice()
  const queries = useQueryClient()
  const refusal = useRefusal()
  const [name, setName] = useState(credential.name)
  const rename = useMutation({
    mutationFn: () => api.write<void>('PATCH', `/credentials/${credential.id}`, { body: { name } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: KEYS.credentials })
      notice(text.factors.renamed)
      onClose()
    },
  })
  const problem = fieldProblem(words, rename.error, 'name')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    rename.mutate()
  }
  return (
    <Dialog title={text.factors.renameTitle} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <FactorNameField value={name} onChange={setName} refused={rename.error} autofocus />
          {rename.error && problem === undefined ? <ErrorNotice>{refusal(rename.error)}</ErrorNotice> : null}
          <Button type="submit" loading={rename.isPending} style={{ alignSelf: 'flex-start' }}>
            {text.states.save}
          </Button>
        </Stack>
      </form>
    </Dialog>
  )
}
