/** Operations: what waits for the person's decision, and what the person asked for. */
import { Tabs } from '@mantine/core'
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { PageHeader } from '../parts/page_header.tsx'
import { useWords } from '../words.tsx'

export function Operations() {
  const { text } = useWords()
  const navigate = useNavigate()
  const path = useLocation({ select: (location) => location.pathname })
  const tab = path.includes('/requests') ? 'requests' : 'approvals'
  return (
    <>
      <PageHeader title={text.operations.title} />
      <Tabs
        value={tab}
        onChange={(next) => navigate({ to: next === 'requests' ? '/operations/requests' : '/operations/approvals' })}
        keepMounted={false}
      >
        <Tabs.List mb="lg">
          <Tabs.Tab value="approvals">{text.operations.pending}</Tabs.Tab>
          <Tabs.Tab value="requests">{text.operations.requests}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={tab}>
          <Outlet />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
