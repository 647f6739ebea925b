/** The language that the person chose in this browser with the switch; it outlives the visit and goes before the profile's. */
import type { Locale } from '@gatehouse/core/locale.ts'
import type { Shell } from './shell.ts'

const nameOf = (shell: Shell) => `gatehouse_language${shell.basePath}`

export const chosenLocale = {
  read: (shell: Shell): string | null => localStorage.getItem(nameOf(shell)),
  keep: (shell: Shell, locale: Locale): void => localStorage.setItem(nameOf(shell), locale),
}
