/** Adds the certificate that the browser has just shown: what it says, and a name if one likes. */
import type { CertificateProblem } from '@gatehouse/core/certificate_policy.ts'
import type { CertificateConfirmation, MyCertificate, MyCredential } from '@gatehouse/core/my_account.ts'
import { Button, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ApiProblem } from '../api.ts'
import { useApi } from '../api_context.ts'
import { useNotice } from '../notice.ts'
import { useCredentialsChanged } from '../queries.ts'
import { fieldProblem, useRefusal } from '../refusal.ts'
import { isKey, useWords, type Words } from '../words.tsx'
import { CertificateFacts } from './certificate_facts.tsx'
import { Dialog } from './dialog.tsx'
import { FactorNameField } from './factor_fields.tsx'
import { ErrorNotice, Loading } from './states.tsx'

export function AddCertificate({ proof, onClose }: { proof: string; onClose: () => void }) {
  const words = useWords()
  const { certificates } = words.text
  const api = useApi()
  const refusal = useRefusal()
  const shown = useQuery({
    queryKey: ['certificate', proof],
    queryFn: () => api.write<MyCertificate>('POST', '/credentials/x509/read', { body: { proof } }),
    retry: false,
  })
  return (
    <Dialog title={certificates.addTitle} onClose={onClose}>
      {shown.isPending ? <Loading rows={1} /> : null}
      {shown.error ? <ErrorNotice>{certificateRefusal(words, shown.error) ?? refusal(shown.error)}</ErrorNotice> : null}
      {shown.data ? <Confirm proof={proof} certificate={shown.data} onClose={onClose} /> : null}
    </Dialog>
  )
}

function Confirm({ proof, certificate, onClose }: { proof: string; certificate: MyCertificate; onClose: () => void }) {
  const words = useWords()
  const { certificates } = words.text
  const api = useApi()
  const notice = useNotice()
  const credentialsChanged = useCredentialsChanged()
  const refusal = useRefusal()
  const [name, setName] = useState('')
  const add = useMutation({
    mutationFn: () => api.write<MyCredential>('POST', '/credentials/x509', { body: { proof, name } satisfies CertificateConfirmation }),
    onSuccess: async () => {
      await credentialsChanged()
      notice(certificates.added)
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    add.mutate()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text>{certificates.addBody}</Text>
        <Stack gap={2} className="long">
          <CertificateFacts certificate={certificate} />
        </Stack>
        <FactorNameField value={name} onChange={setName} refused={add.error} autofocus />
        {add.error && fieldProblem(words, add.error, 'name') === undefined ? (
          <ErrorNotice>{certificateRefusal(words, add.error) ?? refusal(add.error)}</ErrorNotice>
        ) : null}
        <Button type="submit" loading={add.isPending} style={{ alignSelf: 'flex-start' }}>
          {certificates.go}
        </Button>
      </Stack>
    </form>
  )
}

/** Why it was not taken; undefined where it was something else. */
function certificateRefusal({ text, say }: Pick<Words, 'text' | 'say'>, error: Error): string | undefined {
  const because = error instanceof ApiProblem ? error.fields.certificate?.replace(/^certificate_/, '') : undefined
  if (because === undefined || !isKey(text.certificateProblems, because)) return undefined
  return say(text.problems.certificate_refused, { because: text.certificateProblems[because satisfies CertificateProblem] })
}
