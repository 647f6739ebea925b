/** The person's certificates: what each says, until when it is good, to be renamed or removed; and one more to be shown, at a host of its own, and added here. */
import type { BegunCertificate, Me } from '@gatehouse/core/my_account.ts'
import { Button, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useApi } from '../api_context.ts'
import { IconCertificate } from '../icons.tsx'
import { useCredentials } from '../queries.ts'
import { useRefusal } from '../refusal.ts'
import { isSure } from '../shell.ts'
import { useWords } from '../words.tsx'
import { AddCertificate } from './add_certificate.tsx'
import { CertificateFacts } from './certificate_facts.tsx'
import { CredentialRows, ProveFirst } from './credential_rows.tsx'
import { Panel } from './panel.tsx'
import { ErrorNotice, Failure, Loading } from './states.tsx'

const SHOWN = '#certificate='

export function CertificateList({ me }: { me: Me }) {
  const { certificates } = useWords().text
  const credentials = useCredentials()
  const [proof, setProof] = useShown()

  if (credentials.isPending) return <Loading rows={1} />
  if (credentials.isError) return <Failure error={credentials.error} retry={() => credentials.refetch()} />
  const { items, offered } = credentials.data
  const all = items.filter(({ kind }) => kind !== 'recovery_code')
  const own = all.filter(({ kind }) => kind === 'x509')
  const isOffered = offered.includes('x509')
  if (own.length === 0 && !isOffered) return null
  const sure = isSure(me)
  return (
    <Panel title={certificates.title} intro={certificates.intro}>
      <Stack gap="lg">
        <CredentialRows
          credentials={own}
          sure={sure}
          none={certificates.none}
          isLast={() => all.length === 1}
          removal={{ body: certificates.removeBody, done: certificates.removed }}
          facts={({ certificate }) => certificate && <CertificateFacts certificate={certificate} warns />}
        />
        {isOffered && sure ? <Add /> : null}
        {sure ? null : <ProveFirst />}
      </Stack>
      {proof === undefined ? null : <AddCertificate proof={proof} onClose={() => setProof(undefined)} />}
    </Panel>
  )
}

function Add() {
  const { certificates } = useWords().text
  const api = useApi()
  const refusal = useRefusal()
  const begin = useMutation({
    mutationFn: () => api.write<BegunCertificate>('POST', '/credentials/x509/begin', { body: {} }),
    onSuccess: ({ href }) => window.location.assign(href),
  })
  return (
    <Stack gap="xs" align="flex-start">
      <Text size="sm">{certificates.addHint}</Text>
      {begin.error ? <ErrorNotice>{refusal(begin.error)}</ErrorNotice> : null}
      <Button leftSection={<IconCertificate size={18} />} loading={begin.isPending} onClick={() => begin.mutate()}>
        {certificates.add}
      </Button>
    </Stack>
  )
}

/** What was shown comes back behind the `#`, and is taken from the address at once: it is good once, and nobody needs to see it. */
function useShown() {
  const state = useState(() => {
    const { hash } = window.location
    return hash.startsWith(SHOWN) ? hash.slice(SHOWN.length) : undefined
  })
  useEffect(() => {
    const { hash, pathname, search } = window.location
    if (hash.startsWith(SHOWN)) window.history.replaceState(window.history.state, '', pathname + search)
  }, [])
  return state
}
