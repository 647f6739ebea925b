/** The browsers in which the person is not asked for a second factor; one, or all, can be forgotten. */
import type { MyRememberedBrowser } from '@gatehouse/core/my_account.ts'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../api_context.ts'
import { useNotice } from '../notice.ts'
import { KEYS, useRememberedBrowsers } from '../queries.ts'
import { useRefusal } from '../refusal.ts'
import { useWords } from '../words.tsx'
import { Confirm } from './confirm.tsx'
import { Panel } from './panel.tsx'
import { Failure, Loading } from './states.tsx'

/** Nothing for whoever is remembered nowhere: most people have no second factor to be asked for. */
export function BrowserList() {
  const { text } = useWords()
  const words = text.safety.browsers
  const api = useApi()
  const notice = useNotice()
  const refusal = useRefusal()
  const queries = useQueryClient()
  const browsers = useRememberedBrowsers()
  const [asking, setAsking] = useState(false)
  const reload = () => queries.invalidateQueries({ queryKey: KEYS.browsers })
  const forget = useMutation({
    mutationFn: ({ id }: MyRememberedBrowser) => api.write<void>('DELETE', `/remembered-browsers/${id}`),
    onSuccess: () => notice(words.gone),
    onError: (error) => notice(refusal(error), 'bad'),
    onSettled: reload,
  })
  const forgetAll = useMutation({
    mutationFn: () => api.write<unknown>('DELETE', '/remembered-browsers'),
    onSuccess: () => {
      setAsking(false)
      notice(words.allGone)
    },
    onSettled: reload,
  })

  if (browsers.isPending) return <Loading rows={1} />
  if (browsers.isError) return <Failure error={browsers.error} retry={() => browsers.refetch()} />
  const { items } = browsers.data
  if (items.length === 0) return null
  const action =
    items.length > 1 ? (
      <Button variant="default" color="danger" onClick={() => setAsking(true)}>
        {words.all}
      </Button>
    ) : undefined
  return (
    <Panel title={words.title} intro={words.intro} action={action}>
      <ul className="rows">
        {items.map((browser) => (
          <Row
            key={browser.id}
            browser={browser}
            busy={forget.isPending && forget.variables?.id === browser.id}
            onForget={() => forget.mutate(browser)}
          />
        ))}
      </ul>
      <Confirm
        opened={asking}
        title={words.allTitle}
        body={words.allBody}
        action={words.all}
        busy={forgetAll.isPending}
        error={forgetAll.error}
        onConfirm={() => forgetAll.mutate()}
        onClose={() => setAsking(false)}
      />
    </Panel>
  )
}

function Row({ browser, busy, onForget }: { browser: MyRememberedBrowser; busy: boolean; onForget: () => void }) {
  const { text, say, dateTime } = useWords()
  const { security } = text
  const words = text.safety.browsers
  const name =
    browser.browser && browser.system
      ? say(security.browserOn, { browser: browser.browser, system: browser.system })
      : (browser.browser ?? browser.system ?? security.unknownBrowser)
  return (
    <li className="row">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={2} flex="1 1 14rem">
          <Text fw={600}>
            {name} {browser.current ? <span className="tag tone-good">{security.current}</span> : null}
          </Text>
          <Text size="sm" c="dimmed">
            {words.until}: {dateTime(browser.until)}
          </Text>
          <Text size="sm" c="dimmed">
            {words.used}: {dateTime(browser.lastUsedAt)} · {security.address}: <bdi dir="ltr">{browser.ip}</bdi>
          </Text>
        </Stack>
        <Button
          variant="default"
          size="xs"
          loading={busy}
          onClick={onForget}
          aria-label={say(words.label, { browser: name, time: dateTime(browser.rememberedAt) })}
        >
          {words.forget}
        </Button>
      </Group>
    </li>
  )
}
