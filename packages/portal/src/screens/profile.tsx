/** Profile: what is known about the person, and its form. */
import { Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { IconPencil } from '../icons.tsx'
import { PageHeader } from '../parts/page_header.tsx'
import { Panel } from '../parts/panel.tsx'
import { ProfileForm } from '../parts/profile_form.tsx'
import { Reach } from '../parts/reach.tsx'
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

function Known({ me, onEdit }: KnownProps) {
  const { profile } = me
  const { text } = useWords()
  const words = text.profile
  const none = <Text c="dimmed">{text.states.none}</Text>
  const edit = (
    <Button variant="default" leftSection={<IconPencil size={18} />} onClick={onEdit}>
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
      <Reach me={me} />
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
