/** The tenant's logo, or the first letter of its name, and the way home. */
import type { Me } from '@gatehouse/core/my_account.ts'
import { Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useApi } from '../api_context.ts'
import { useWords } from '../words.tsx'
import { Monogram } from './monogram.tsx'

export function BrandMark({ tenant }: { tenant: Me['tenant'] | undefined }) {
  const { text } = useWords()
  const { shell } = useApi()
  const name = tenant?.displayName ?? shell.displayName
  const logo = tenant?.branding.logo_uri
  return (
    <Link to="/" className="brand">
      <Group wrap="nowrap" gap="sm">
        {logo === undefined ? <Monogram name={name} /> : <img className="logo" src={logo} alt="" />}
        <Text component="span" fw={650} lineClamp={1} title={name}>
          <bdi>{name}</bdi>
          <Text component="span" c="dimmed" fw={400} visibleFrom="sm">
            {' '}
            · {text.title}
          </Text>
        </Text>
      </Group>
    </Link>
  )
}
