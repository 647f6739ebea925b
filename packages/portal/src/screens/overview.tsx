/** The first screen: what waits, and where to find the rest. */
import { Anchor, Group, SimpleGrid, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import { type DrawnIcon, IconApps, IconArrowRight, IconChecklist, IconMail, IconShieldLock, IconUser } from '../icons.tsx'
import { PageHeader } from '../parts/page_header.tsx'
import { VerifyEmail } from '../parts/verify_email.tsx'
import { useConsents, useMe, useSessions, useTasks } from '../queries.ts'
import { useWords } from '../words.tsx'

/** Fetched for whoever has none yet. */
const PasskeyOffer = lazy(() => import('../parts/passkey_offer.tsx').then((part) => ({ default: part.PasskeyOffer })))

export function Overview() {
  const { text, say, mix, date } = useWords()
  const { overview, nav } = text
  const me = useMe().data
  const tasks = useTasks('waiting').data
  const sessions = useSessions().data
  const consents = useConsents().data
  if (!me) return null
  const { profile } = me
  const waiting = tasks?.pages.flatMap((page) => page.items).filter((task) => !task.claimedBy || task.claimedByMe).length ?? 0

  return (
    <>
      <PageHeader title={nav.overview} heading={mix(overview.title, { name: <bdi>{profile.givenName || profile.shownName}</bdi> })}>
        {overview.intro}
      </PageHeader>
      <Stack gap="md">
        {waiting > 0 ? (
          <section className="panel call" aria-labelledby="waiting">
            <Group justify="space-between" gap="md">
              <Stack gap={2} flex="1 1 14rem">
                <Title order={2} size="h4" id="waiting">
                  {say(overview.waiting, { count: waiting })}
                </Title>
                <Text size="sm">{overview.waitingHint}</Text>
              </Stack>
              <Anchor renderRoot={(props) => <Link to="/operations/approvals" {...props} />} fw={600}>
                {overview.waitingOpen}
              </Anchor>
            </Group>
          </section>
        ) : null}
        {profile.email?.undeliverable ? (
          <section className="panel call" aria-labelledby="undeliverable">
            <Stack gap={2}>
              <Title order={2} size="h4" id="undeliverable">
                {mix(overview.undeliverable, { email: <bdi>{profile.email.value}</bdi> })}
              </Title>
              <Text size="sm">{text.profile.undeliverable}</Text>
              <Anchor renderRoot={(props) => <Link to="/profile" {...props} />} fw={600}>
                {overview.undeliverableOpen}
              </Anchor>
            </Stack>
          </section>
        ) : profile.email && !profile.email.verified ? (
          <section className="panel" aria-labelledby="verify">
            <Group align="flex-start" wrap="nowrap" gap="md">
              <ThemeIcon variant="light" size={40} radius="xl" aria-hidden>
                <IconMail size={22} stroke={1.6} />
              </ThemeIcon>
              <Stack gap="xs" className="long">
                <Title order={2} size="h4" id="verify">
                  {overview.verify}
                </Title>
                <Text size="sm">{mix(overview.verifyText, { email: <bdi>{profile.email.value}</bdi> })}</Text>
                <VerifyEmail email={profile.email.value} />
              </Stack>
            </Group>
          </section>
        ) : null}
        {me.offersPasskey ? (
          <Suspense fallback={null}>
            <PasskeyOffer me={me} />
          </Suspense>
        ) : null}
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
          <Place to="/profile" Icon={IconUser} title={overview.profileTitle} about={overview.profileText}>
            {say(overview.since, { date: date(profile.createdAt) })}
          </Place>
          <Place to="/security" Icon={IconShieldLock} title={overview.securityTitle} about={overview.securityText}>
            {sessions ? say(overview.sessions, { count: sessions.items.length }) : null}
          </Place>
          <Place to="/applications" Icon={IconApps} title={overview.applicationsTitle} about={overview.applicationsText}>
            {consents
              ? consents.items.length === 0
                ? overview.consentsNone
                : say(overview.consents, { count: consents.items.length })
              : null}
          </Place>
          <Place to="/operations" Icon={IconChecklist} title={overview.operationsTitle} about={overview.operationsText}>
            {tasks ? (waiting === 0 ? text.operations.emptyWaitingTitle : say(overview.waiting, { count: waiting })) : null}
          </Place>
        </SimpleGrid>
      </Stack>
    </>
  )
}

type PlaceProps = {
  to: '/profile' | '/security' | '/applications' | '/operations'
  Icon: DrawnIcon
  title: string
  about: string
  children: ReactNode
}

/** The link's name is the place's; the rest is read where it stands. */
function Place({ to, Icon, title, about, children }: PlaceProps) {
  return (
    <section className="panel">
      <Stack gap="xs" h="100%">
        <Icon size={24} stroke={1.6} color="var(--accent-text)" />
        <Title order={2} size="h4">
          <Anchor renderRoot={(props) => <Link to={to} {...props} />} inherit>
            {title} <IconArrowRight size={16} className="flip" />
          </Anchor>
        </Title>
        <Text size="sm">{about}</Text>
        <Text size="sm" c="dimmed" mt="auto">
          {children}
        </Text>
      </Stack>
    </section>
  )
}
