/** Everything around the screens: language and direction, theme, queries, router. */
import type { Locale } from '@gatehouse/core/locale.ts'
import { DirectionProvider, MantineProvider, useDirection } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import { ApiProblem, openApi } from './api.ts'
import { ApiContext } from './api_context.ts'
import { openRouter } from './router.tsx'
import { proveAgain, type Shell } from './shell.ts'
import { cssVariables, theme } from './theme.ts'
import { LanguageContext, loadWords, type Words } from './words.tsx'

export function Portal({ shell, firstWords }: { shell: Shell; firstWords: Words }) {
  const [words, setWords] = useState(firstWords)
  const spoken = useRef(firstWords.locale)
  spoken.current = words.locale

  const language = useMemo(
    () => ({
      words,
      choose: async (locale: Locale) => {
        // the server keeps the choice for all of its pages; where it cannot, the choice holds until the page is left
        const [chosen] = await Promise.all([loadWords(locale), keepLanguage(shell, locale)])
        setWords(chosen)
        return chosen
      },
    }),
    [words, shell],
  )
  const [standing] = useState(() => {
    const queries = new QueryClient({ defaultOptions: { queries: { retry: worthARetry, staleTime: 5_000 }, mutations: { retry: false } } })
    const router = openRouter(shell)
    const here = () => `${location.pathname.slice(shell.basePath.length)}${location.search}`
    const api = openApi(shell.basePath, () => spoken.current, {
      // the server sends whoever is not signed in to the sign-in page and back to this very address
      signIn: () => location.reload(),
      reauthenticate: () => location.assign(proveAgain(shell, here())),
    })
    return { queries, router, api: { ...api, shell } }
  })

  return (
    <DirectionProvider initialDirection={words.direction} detectDirection={false}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" getStyleNonce={() => shell.nonce}>
        <LanguageContext value={language}>
          <PageLanguage words={words} />
          <ApiContext value={standing.api}>
            <QueryClientProvider client={standing.queries}>
              <Notifications position="bottom-center" autoClose={6000} />
              <RouterProvider router={standing.router} />
            </QueryClientProvider>
          </ApiContext>
        </LanguageContext>
      </MantineProvider>
    </DirectionProvider>
  )
}

/** Tells the page, and what reads it aloud, which language it speaks. */
function PageLanguage({ words }: { words: Words }) {
  const { setDirection } = useDirection()
  useEffect(() => {
    document.documentElement.lang = words.locale
    setDirection(words.direction)
  }, [words, setDirection])
  return null
}

async function keepLanguage(shell: Shell, locale: Locale): Promise<void> {
  await fetch(`${shell.basePath}/account?ui_locales=${locale}`, { credentials: 'same-origin', redirect: 'manual' }).catch(() => undefined)
}

/** A refusal stays one however often it is asked for. */
function worthARetry(failures: number, error: Error): boolean {
  return failures < 2 && (!(error instanceof ApiProblem) || error.status === 0 || error.status >= 500)
}
