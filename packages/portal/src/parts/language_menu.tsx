/** The switch of the language, in each language's own name. */
import { type Locale, SUPPORTED_LOCALES } from '@gatehouse/core/locale.ts'
import { Button, Menu } from '@mantine/core'
import { IconCheck, IconLanguage } from '../icons.tsx'
import { LANGUAGE_NAMES, useLanguage } from '../words.tsx'

export function LanguageMenu({ offered = SUPPORTED_LOCALES }: { offered?: readonly Locale[] | undefined }) {
  const { words, choose } = useLanguage()
  if (offered.length < 2) return null
  return (
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          c="var(--text)"
          px="xs"
          aria-label={`${words.text.nav.language}: ${LANGUAGE_NAMES[words.locale]}`}
        >
          <IconLanguage size={20} stroke={1.7} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {offered.map((locale) => (
          <Menu.Item
            key={locale}
            lang={locale}
            aria-current={locale === words.locale ? 'true' : undefined}
            onClick={() => choose(locale)}
            rightSection={locale === words.locale ? <IconCheck size={16} /> : undefined}
          >
            {LANGUAGE_NAMES[locale]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
