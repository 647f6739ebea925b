/** Profile: what is known about the person, and its form. */
import { Button, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { PageHeader } from '../parts/page_header.tsx'
import { Panel } from '../parts/panel.tsx'
import { ProfileForm } from '../parts/profile_form.tsx'
import { VerifyEmail } from '../parts/verify_email.tsx'
import { useMe } from '../queries.ts'
import { isKey, LANGUAGE_NAMES, useWords } from '../words.tsx'

export function Profile() {
  const { text, say, date } = useWords()
  const me = useMe().data
  const [editing, setEditing] = useState(false)
  if (!me) return null
  return (
    <>
      <PageHeader title={text.profile.title}>{text.profile.intro}</PageHeader>
      {editing ? (
        <ProfileForm me={me} onDone={() => setEditing(false)} />
      ) : (
        <Stack gap="md">
          <Known me={me} onEdit={() => setEditing(true)} />
          <Text size="sm" c="dimmed">
            {say(text.profile.updated, { date: date(me.profile.updatedAt) })}
          </Text>
        </Stack>
      )}
    </>
  )
}

type KnownProps = { me: NonNullable<ReturnType<typeof useMe>['data']>; onEdit: () => void }

function Known({ me: { profile }, onEdit }: KnownProps) {
  const { text } = useWords()
  const words = text.profile
  const none = <Text c="dimmed">{text.states.none}</Text>
  const edit = (
    <Button variant="default" leftSection={<IconPencil size={18} aria-hidden />} onClick={onEdit}>
      {text.states.edit}
    </Button>
  )
  return (
    <>
      <Panel title={words.about} action={edit}>
        <dl className="facts">
          <dt>{words.userName}</dt>
          <dd>
            <bdi>{profile.userName}</bdi>
          </dd>
          <dt>{words.given_name}</dt>
          <dd>{profile.givenName ? <bdi>{profile.givenName}</bdi> : none}</dd>
          <dt>{words.family_name}</dt>
          <dd>{profile.familyName ? <bdi>{profile.familyName}</bdi> : none}</dd>
        </dl>
      </Panel>
      <Panel title={words.reach}>
        <dl className="facts">
          <dt>{words.email}</dt>
          <dd>
            {profile.email ? (
              <Stack gap={6} align="flex-start">
                <bdi>{profile.email.value}</bdi>
                <Verified verified={profile.email.verified} />
                {profile.email.undeliverable ? <Undeliverable /> : null}
                {profile.email.verified ? null : <VerifyEmail email={profile.email.value} />}
              </Stack>
            ) : (
              none
            )}
          </dd>
          <dt>{words.phone_number}</dt>
          <dd>{profile.phoneNumber ? <bdi dir="ltr">{profile.phoneNumber.value}</bdi> : none}</dd>
        </dl>
      </Panel>
      <Panel title={words.preferences}>
        <dl className="facts">
          <dt>{words.locale}</dt>
          <dd>
            {profile.locale === undefined
              ? words.localeBrowser
              : isKey(LANGUAGE_NAMES, profile.locale)
                ? LANGUAGE_NAMES[profile.locale]
                : profile.locale}
          </dd>
          <dt>{words.timezone}</dt>
          <dd>{profile.timezone ?? words.timezoneBrowser}</dd>
        </dl>
      </Panel>
    </>
  )
}

/** Mail to this address does not arrive: the person is the one who can see what is wrong with it. */
export function Undeliverable() {
  const { profile } = useWords().text
  return (
    <Text size="sm" role="status">
      <IconAlertTriangle size={15} aria-hidden /> {profile.undeliverable}
    </Text>
  )
}

function Verified({ verified }: { verified: boolean }) {
  const { profile } = useWords().text
  return verified ? (
    <span className="tag tone-good">
      <IconCircleCheck size={15} aria-hidden />
      {profile.verified}
    </span>
  ) : (
    <span className="tag">{profile.unverified}</span>
  )
}
