/** The API as components reach it, with the shell that they stand in. */
import { createContext, useContext } from 'react'
import type { Api } from './api.ts'
import type { Shell } from './shell.ts'

export const ApiContext = createContext<(Api & { readonly shell: Shell }) | undefined>(undefined)

export function useApi(): Api & { readonly shell: Shell } {
  const api = useContext(ApiContext)
  if (!api) throw new Error('no API has been provided above this component')
  return api
}
