/** What a person recognises a certificate by, and until when it is good. */
import type { MyCertificate } from '@gatehouse/core/my_account.ts'
import { Text } from '@mantine/core'
import { useWords } from '../words.tsx'

/** A new one takes its time. */
const SOON_MILLISECONDS = 30 * 86_400_000

export function CertificateFacts({ certificate, warns = false }: { certificate: MyCertificate; warns?: boolean }) {
  const { text, say, date } = useWords()
  const { certificates } = text
  const { subject, issuer, validUntil, thumbprint, selfSigned } = certificate
  const left = Date.parse(validUntil) - Date.now()
  const facts = [
    [certificates.subject, subject],
    [certificates.issuer, issuer],
    [certificates.thumbprint, `${thumbprint.slice(0, 12)}…`],
  ] as const
  return (
    <>
      {facts.map(([name, value]) => (
        <Text key={name} size="sm" c="dimmed">
          {name}: <bdi dir="ltr">{value}</bdi>
        </Text>
      ))}
      <Text size="sm" c="dimmed">
        {certificates.validUntil}: {date(validUntil)}
      </Text>
      {selfSigned ? (
        <Text size="sm" c="dimmed">
          {certificates.selfSigned}
        </Text>
      ) : null}
      {warns && left < SOON_MILLISECONDS ? (
        <Text size="sm" fw={600} c="danger" role="alert">
          {say(left < 0 ? certificates.expired : certificates.expiresSoon, { date: date(validUntil) })}
        </Text>
      ) : null}
    </>
  )
}
