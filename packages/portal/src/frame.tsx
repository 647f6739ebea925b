/** The frame around every screen: masthead, navigation (a drawer on a phone), content. */
import { AppShell, Burger, Group, NavLink, ScrollArea, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { IconApps, IconChecklist, IconHome, IconShieldLock, IconUser } from './icons.tsx'
import { AccountMenu } from './parts/account_menu.tsx'
import { BrandMark } from './parts/brand_mark.tsx'
import { LanguageMenu } from './parts/language_menu.tsx'
import { SignInRequests } from './parts/sign_in_requests.tsx'
import { Failure, Loading } from './parts/states.tsx'
import { useMe } from './queries.ts'
import { useWords } from './words.tsx'

const PLACES = [
  { to: '/', name: 'overview', Icon: IconHome },
  { to: '/profile', name: 'profile', Icon: IconUser },
  { to: '/security', name: 'security', Icon: IconShieldLock },
  { to: '/applications', name: 'applications', Icon: IconApps },
  { to: '/operations', name: 'operations', Icon: IconChecklist },
] as const

export function Frame() {
  const { text } = useWords()
  const [opened, { toggle, close }] = useDisclosure(false)
  const me = useMe()
  const path = useLocation({ select: (location) => location.pathname })
  const main = useRef<HTMLElement>(null)
  useMoveFocus(path, main, close)

  return (
    <AppShell
      header={{ height: 60 }}
      navbar={{ width: 248, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <a className="skip" href="#content">
        {text.nav.skip}
      </a>
      <AppShell.Header className="masthead">
        <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="sm">
          <Group wrap="nowrap" gap="sm" miw={0}>
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={opened ? text.nav.close : text.nav.open}
              aria-expanded={opened}
              aria-controls="places"
            />
            <BrandMark tenant={me.data?.tenant} />
          </Group>
          <Group wrap="nowrap" gap="xs">
            <LanguageMenu offered={me.data?.tenant.locales} />
            {me.data ? <AccountMenu me={me.data} /> : null}
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={opened ? 'masthead' : 'sidebar'} p="md" id="places" aria-label={text.nav.label} component="nav">
        <ScrollArea>
          <Stack gap={4}>
            {PLACES.map(({ to, name, Icon }) => (
              <NavLink
                key={to}
                label={text.nav[name]}
                leftSection={<Icon size={20} stroke={1.7} />}
                active={isWithin(path, to)}
                renderRoot={(props) => <Link to={to} {...props} onClick={close} activeOptions={{ exact: to === '/' }} />}
              />
            ))}
          </Stack>
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="content" ref={main} tabIndex={-1}>
        <div className="screen">
          {me.data ? <SignInRequests me={me.data} /> : null}
          {me.isPending ? <Loading /> : me.isError && !me.data ? <Failure error={me.error} retry={() => me.refetch()} /> : <Outlet />}
        </div>
      </AppShell.Main>
    </AppShell>
  )
}

function isWithin(path: string, to: string): boolean {
  if (to === '/') return path === '/' || path === ''
  // a request that was opened from a mail belongs to the operations
  return path.startsWith(to) || (to === '/operations' && path.startsWith('/approvals'))
}

/** A new screen is announced by moving the focus to it, as a new page would. Not at the first one: the browser has just done that. */
function useMoveFocus(path: string, main: React.RefObject<HTMLElement | null>, close: () => void): void {
  const place = useRef(placeOf(path))
  useEffect(() => {
    if (place.current === placeOf(path)) return
    place.current = placeOf(path)
    close()
    main.current?.focus({ preventScroll: true })
  }, [path, main, close])
}

function placeOf(path: string): string {
  return path.split('/').slice(0, 2).join('/')
}
