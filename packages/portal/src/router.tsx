/** The addresses of My Account below `/account`, and the screens behind them; each screen is fetched when it is first opened. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { Frame } from './frame.tsx'
import { Crash } from './parts/crash.tsx'
import { Loading } from './parts/states.tsx'
import type { TaskView } from './queries.ts'
import { NotFound } from './screens/not_found.tsx'
import { Overview } from './screens/overview.tsx'
import type { Shell } from './shell.ts'

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound })

const overview = createRoute({ getParentRoute: () => root, path: '/', component: Overview })
const profile = createRoute({
  getParentRoute: () => root,
  path: 'profile',
  component: lazyRouteComponent(() => import('./screens/profile.tsx'), 'Profile'),
})
const security = createRoute({
  getParentRoute: () => root,
  path: 'security',
  component: lazyRouteComponent(() => import('./screens/security.tsx'), 'Security'),
})
const applications = createRoute({
  getParentRoute: () => root,
  path: 'applications',
  component: lazyRouteComponent(() => import('./screens/applications.tsx'), 'Applications'),
})

const operations = createRoute({
  getParentRoute: () => root,
  path: 'operations',
  component: lazyRouteComponent(() => import('./screens/operations.tsx'), 'Operations'),
})
const operationsStart = createRoute({
  getParentRoute: () => operations,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/operations/approvals', replace: true })
  },
})
const approvals = createRoute({
  getParentRoute: () => operations,
  path: 'approvals',
  validateSearch: (search): { state?: TaskView } => (search.state === 'decided' ? { state: 'decided' } : {}),
  component: lazyRouteComponent(() => import('./screens/pending_approvals.tsx'), 'PendingApprovals'),
})
const requests = createRoute({
  getParentRoute: () => operations,
  path: 'requests',
  component: lazyRouteComponent(() => import('./screens/my_requests.tsx'), 'MyRequests'),
})

/** Where the link of a mail ends. */
const approval = createRoute({
  getParentRoute: () => root,
  path: 'approvals/$requestId',
  component: lazyRouteComponent(() => import('./screens/approval.tsx'), 'Approval'),
})

const tree = root.addChildren([
  overview,
  profile,
  security,
  applications,
  operations.addChildren([operationsStart, approvals, requests]),
  approval,
])

export function openRouter(shell: Shell) {
  return createRouter({
    routeTree: tree,
    basepath: `${shell.basePath}/account`,
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultPendingComponent: Loading,
    defaultErrorComponent: Crash,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof openRouter>
  }
}
