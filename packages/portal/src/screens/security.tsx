/** Security: the password, second factors, and where the person is signed in. */
import { Stack } from '@mantine/core'
import { BrowserList } from '../parts/browser_list.tsx'
import { CertificateList } from '../parts/certificate_list.tsx'
import { FactorList } from '../parts/factor_list.tsx'
import { PageHeader } from '../parts/page_header.tsx'
import { PasskeyList } from '../parts/passkey_list.tsx'
import { PasswordForm } from '../parts/password_form.tsx'
import { SessionList } from '../parts/session_list.tsx'
import { useMe } from '../queries.ts'
import { useWords } from '../words.tsx'

export function Security() {
  const { text, say, date } = useWords()
  const me = useMe().data
  if (!me) return null
  return (
    <>
      <PageHeader title={text.security.title}>{text.security.intro}</PageHeader>
      <Stack gap="md">
        {me.passwordExpiresAt === undefined ? null : (
          <div className="notice tone-now" role="status">
            <span>{say(text.safety.passwordExpires, { date: date(me.passwordExpiresAt) })}</span>
          </div>
        )}
        <PasswordForm me={me} />
        <PasskeyList me={me} />
        <CertificateList me={me} />
        <FactorList me={me} />
        <BrowserList />
        <SessionList />
      </Stack>
    </>
  )
}
