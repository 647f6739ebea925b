/** What the screens ask for, each under its key, so that a write can say what it made stale. */
import type {
  ListOf,
  Me,
  MyAddressChange,
  MyConsent,
  MyCredentials,
  MyRememberedBrowser,
  MyRequest,
  MySession,
  MySignInRequests,
  RequestDetail,
  TaskSummary,
} from '@gatehouse/core/my_account.ts'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useApi } from './api_context.ts'

export type TaskView = 'waiting' | 'decided'

export const KEYS = {
  me: ['me'],
  sessions: ['sessions'],
  addressChanges: ['address_changes'],
  browsers: ['browsers'],
  credentials: ['credentials'],
  pushSubscription: ['push_subscription'],
  signInRequests: ['sign_in_requests'],
  consents: ['consents'],
  approvals: ['approvals'],
  requests: ['requests'],
} as const

/** After a factor was added or removed: the list, and what is said of the person everywhere. */
export function useCredentialsChanged(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await Promise.all([queries.invalidateQueries({ queryKey: KEYS.credentials }), queries.invalidateQueries({ queryKey: KEYS.me })])
  }
}

export function useMe() {
  const api = useApi()
  return useQuery({
    queryKey: KEYS.me,
    queryFn: async ({ signal }) => {
      const me = await api.get<Me>('', signal)
      api.keepCsrfToken(me.csrfToken)
      return me
    },
  })
}

export function useSessions() {
  const api = useApi()
  return useQuery({ queryKey: KEYS.sessions, queryFn: ({ signal }) => api.get<ListOf<MySession>>('/sessions', signal) })
}

export function useAddressChanges() {
  const api = useApi()
  return useQuery({ queryKey: KEYS.addressChanges, queryFn: ({ signal }) => api.get<ListOf<MyAddressChange>>('/address-changes', signal) })
}

export function useRememberedBrowsers() {
  const api = useApi()
  return useQuery({
    queryKey: KEYS.browsers,
    queryFn: ({ signal }) => api.get<ListOf<MyRememberedBrowser>>('/remembered-browsers', signal),
  })
}

export function useCredentials() {
  const api = useApi()
  return useQuery({ queryKey: KEYS.credentials, queryFn: ({ signal }) => api.get<MyCredentials>('/credentials', signal) })
}

export function useConsents() {
  const api = useApi()
  return useQuery({ queryKey: KEYS.consents, queryFn: ({ signal }) => api.get<ListOf<MyConsent>>('/consents', signal) })
}

/** Looked at again every now and then: a task may be decided or claimed by someone else at any time. */
export function useTasks(view: TaskView) {
  const api = useApi()
  return useInfiniteQuery({
    queryKey: [...KEYS.approvals, view],
    queryFn: ({ pageParam, signal }) =>
      api.get<ListOf<TaskSummary>>(`/approvals?state=${view}${pageParam === '' ? '' : `&cursor=${encodeURIComponent(pageParam)}`}`, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.cursor,
    refetchInterval: view === 'waiting' ? 20_000 : false,
  })
}

export function useRequestDetail(requestId: string) {
  const api = useApi()
  return useQuery({
    queryKey: [...KEYS.approvals, 'request', requestId],
    queryFn: ({ signal }) => api.get<RequestDetail>(`/approvals/${encodeURIComponent(requestId)}`, signal),
    refetchInterval: 20_000,
  })
}

export function useMyRequests() {
  const api = useApi()
  return useQuery({ queryKey: KEYS.requests, queryFn: ({ signal }) => api.get<ListOf<MyRequest>>('/requests', signal) })
}

/** Every five seconds, while the page is in view. */
export function useSignInRequests(enabled: boolean) {
  const api = useApi()
  return useQuery({
    queryKey: KEYS.signInRequests,
    queryFn: ({ signal }) => api.get<MySignInRequests>('/sign-in-requests', signal),
    enabled,
    refetchInterval: 5000,
    refetchOnWindowFocus: true,
  })
}
