/** Who is signed in, and the way out. */
import type { Me } from '@gatehouse/core/my_account.ts'
import { Button, Menu, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useApi } from '../api_context.ts'
import { IconChevronDown, IconLifebuoy, IconLogout, IconUserCircle } from '../icons.tsx'
import { useNotice } from '../notice.ts'
import { useRefusal } from '../refusal.ts'
import { useWords } from '../words.tsx'

export function AccountMenu({ me }: { me: Me }) {
  const { text, mix, say } = useWords()
  const api = useApi()
  const notice = useNotice()
  const refusal = useRefusal()
  const name = me.profile.shownName
  const signOut = useMutation({
    mutationFn: () => api.write<{ readonly next: string }>('POST', '/sign-out'),
    onSuccess: ({ next }) => location.assign(next),
    onError: (error) => notice(refusal(error), 'bad'),
  })
  return (
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false} width={240}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          c="var(--text)"
          px="xs"
          rightSection={<IconChevronDown size={16} />}
          aria-label={say(text.nav.account, { user: name })}
          maw="16rem"
        >
          <IconUserCircle size={22} stroke={1.7} className="row-icon" />
          <Text component="span" inherit truncate lh={1.6} visibleFrom="sm" ms="xs">
            <bdi>{name}</bdi>
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className="long">{mix(text.nav.account, { user: <bdi>{me.profile.userName}</bdi> })}</Menu.Label>
        <Menu.Divider />
        {me.tenant.branding.support_uri === undefined ? null : (
          <Menu.Item component="a" href={me.tenant.branding.support_uri} leftSection={<IconLifebuoy size={18} />}>
            {text.nav.help}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconLogout size={18} className="flip" />}
          onClick={() => signOut.mutate()}
          disabled={signOut.isPending}
          closeMenuOnClick={false}
        >
          {text.nav.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
